// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Every page and dialog, in both languages at a laptop's size, by keyboard and by ear.
#include "tests/ui/inspection.h"
#include "tests/ui/screens.h"

#include <QDialog>
#include <QTest>

using namespace portulan;
using namespace portulan::test;

class TestWindowControls : public QObject {
    Q_OBJECT
    std::unique_ptr<Stage> m_stage;
    std::pair<QString, Theme::Appearance> m_shown;

    static void everywhere()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("screen");
        for (const QString &language : Language::codes()) {
            for (int screen = 0; screen < int(screens().size()); ++screen) {
                QTest::addRow("%s-%s", screens()[std::size_t(screen)].name, qPrintable(language)) << language << screen;
            }
        }
    }
    /// One window serves all screens of a language and look, as it serves a person.
    QWidget &opened(Theme::Appearance appearance = Theme::Appearance::Light)
    {
        QFETCH(QString, language);
        QFETCH(int, screen);
        const auto wanted = std::pair(language, appearance);
        if (m_shown != wanted) {
            m_stage->present(language, appearance);
            m_shown = wanted;
        }
        return *goTo(screens()[std::size_t(screen)], *m_stage);
    }
    static void nothingIn(const QStringList &complaints) { QVERIFY2(complaints.isEmpty(), qPrintable(u'\n' + complaints.join(u'\n'))); }

private Q_SLOTS:
    void initTestCase() { m_stage = std::make_unique<Stage>(); }
    void cleanup() { qDeleteAll(m_stage->window().findChildren<QDialog *>()); }
    void cleanupTestCase() { m_stage.reset(); }

    void everyControlHasAName_data() { everywhere(); }
    void everyControlHasAName() { nothingIn(unnamed(opened())); }

    void tabComesToEveryControlAndLeavesIt_data() { everywhere(); }
    void tabComesToEveryControlAndLeavesIt() { nothingIn(unreachable(opened())); }

    void theKeyboardIsSeenInTheLight_data() { everywhere(); }
    void theKeyboardIsSeenInTheLight() { nothingIn(unlit(opened())); }

    void theKeyboardIsSeenInTheDark_data() { everywhere(); }
    void theKeyboardIsSeenInTheDark() { nothingIn(unlit(opened(Theme::Appearance::Dark))); }

    void noTwoControlsClaimOneKey_data() { everywhere(); }
    void noTwoControlsClaimOneKey() { nothingIn(contested(opened())); }

    void allWordsFit_data() { everywhere(); }
    void allWordsFit() { nothingIn(cut(opened())); }
};

QTEST_MAIN(TestWindowControls)
#include "tst_windowcontrols.moc"
