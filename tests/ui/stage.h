// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/censustaker.h"
#include "models/language.h"
#include "models/settings.h"
#include "tests/models/consoleworld.h"
#include "ui/desk.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QTemporaryDir>

namespace portulan::test {

/// A console window over the world's three sites, which run a migration, have alerts and an audit trail; in the language, look and size
/// asked for. Rebuilt as app/console rebuilds it: whereabouts of the old window go into the new one.
class Stage {
public:
    enum class Crowd { None, World };
    explicit Stage(Crowd crowd = Crowd::World);

    MainWindow &present(const QString &language, Theme::Appearance appearance, QSize size = {1280, 800});
    MainWindow &window() { return *m_window; }
    ConsoleWorld &world() { return m_world; }
    Settings &settings() { return m_settings; }
    const Theme &theme() const { return m_theme; }
    Desk desk() { return {m_world.federation, m_census, m_settings, m_theme}; }

    /// The control of that object name; the test fails, and ends, where there is none.
    template <typename W>
    W &the(const char *name)
    {
        auto *found = m_window->findChild<W *>(QString::fromLatin1(name));
        if (found == nullptr) {
            qFatal("the window has no control named %s", name);
        }
        return *found;
    }

private:
    void goLive();
    void answerQuestions();

    QTemporaryDir m_scratch;
    Settings m_settings;
    Language m_language;
    Theme m_theme;
    ConsoleWorld m_world;
    CensusTaker m_census;
    std::unique_ptr<MainWindow> m_window;
};

}
