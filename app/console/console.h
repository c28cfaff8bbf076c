// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/censustaker.h"
#include "models/federation.h"
#include "models/federationfile.h"
#include "models/language.h"
#include "models/link/credentials.h"
#include "models/secrets.h"
#include "models/settings.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QObject>
#include <memory>

class QApplication;

namespace portulan {

/// Builds everything once, in order, and gives each what it needs; rebuilds the window, and only the window, when language or look
/// changes. What runs at the sites never notices.
class Console : public QObject {
    Q_OBJECT
public:
    Console(QApplication &application, std::unique_ptr<Settings> settings, std::unique_ptr<SecretStore> secrets);
    ~Console() override;

    /// Reads a federation file and begins to watch its sites. The file's own key serves where it names one, else the keychain is asked.
    Result<> connectTo(const QString &federationFile);
    void setLanguage(const QString &code); ///< "fr", "en", "" for the desktop's
    void setAppearance(const QString &appearance); ///< "light", "dark", "system"
    /// Language and look at once: one rebuild.
    void present(const QString &language, const QString &appearance);

    void show();
    /// Connects, in a window that shows, to the file given, else to the one of last time; where there is none, or it cannot be read, says so
    /// and asks for another.
    Result<> start(const QString &federationFile);
    MainWindow *window() const { return m_window.get(); }
    Federation &federation() { return *m_federation; }
    CensusTaker &census() { return *m_census; }
    const Theme &theme() const { return m_theme; }

private:
    std::unique_ptr<SiteLink> linkTo(const Profile &site) const;
    void rebuild();
    void begin(const FederationFile &file, const std::string &keyPem);
    bool eventFilter(QObject *watched, QEvent *event) override;
    void offerConnection(const QString &federationFile = {}); ///< empty: the one of last time

    QApplication &m_application;
    const QPalette m_desktopPalette;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<SecretStore> m_secrets;
    Language m_language;
    Theme m_theme;
    LinkCredentials m_credentials;
    std::unique_ptr<Federation> m_federation;
    std::unique_ptr<CensusTaker> m_census;
    std::unique_ptr<MainWindow> m_window;
    bool m_isPainted = false; ///< a window has been seen
    bool m_opensWhenPainted = false;
};

}
