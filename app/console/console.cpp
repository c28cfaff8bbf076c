// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/console/console.h"

#include "models/await.h"
#include "models/background.h"
#include "models/link/grpclink.h"
#include "models/phrases.h"
#include "ui/dialogs/connectdialog.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QTimer>

namespace portulan {

namespace {

Rulebook bundledRules()
{
    QFile file(QStringLiteral(":/rules/sovereignty.json"));
    if (file.open(QIODevice::ReadOnly)) {
        if (auto rules = Rulebook::fromJson(file.readAll().toStdString())) {
            return std::move(*rules);
        }
    }
    qFatal("the bundled rules cannot be read"); // a broken build, not a condition of use
}

/// From the window's first paint to the first dialling, which costs as much as all the drawing: by then the map has its ground, and nobody waits.
constexpr int restMilliseconds = 100;

Instant systemNow()
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}

Console::Console(QApplication &application, std::unique_ptr<Settings> settings, std::unique_ptr<SecretStore> secrets)
    : m_application(application)
    , m_desktopPalette(application.palette())
    , m_settings(std::move(settings))
    , m_secrets(std::move(secrets))
    , m_theme(Theme::Appearance::Light)
    , m_federation(std::make_unique<Federation>(
          bundledRules(), [this](const Profile &site) { return linkTo(site); }, systemNow))
    , m_census(std::make_unique<CensusTaker>(*m_federation))
{
}

Console::~Console() = default;

std::unique_ptr<SiteLink> Console::linkTo(const Profile &site) const
{
    return std::make_unique<GrpcLink>(LinkTarget {site.id, site.endpoint, m_credentials, {}});
}

void Console::present(const QString &language, const QString &appearance)
{
    m_language.load(language.isEmpty() ? Language::preferred() : language);
    m_theme = Theme(appearance == QStringLiteral("dark") ? Theme::Appearance::Dark
            : appearance == QStringLiteral("light")      ? Theme::Appearance::Light
                                                         : Theme::systemAppearance(m_desktopPalette));
    m_theme.apply(m_application);
    rebuild();
}

void Console::setLanguage(const QString &code)
{
    m_settings->set(Setting::Language, code);
    present(code, m_settings->text(Setting::Theme));
}

void Console::setAppearance(const QString &appearance)
{
    m_settings->set(Setting::Theme, appearance);
    present(m_language.code(), appearance);
}

void Console::rebuild()
{
    Whereabouts whereabouts;
    whereabouts.geometry = m_settings->value(Setting::WindowGeometry).toByteArray();
    const bool visible = m_window && m_window->isVisible();
    if (m_window) {
        whereabouts = m_window->whereabouts();
    }
    m_window.reset();
    m_window = std::make_unique<MainWindow>(Desk {*m_federation, *m_census, *m_settings, m_theme});
    m_window->restore(whereabouts);
    if (!m_isPainted) {
        m_window->installEventFilter(this);
    }
    // Queued: the window that asks is the one that is about to be replaced.
    connect(m_window.get(), &MainWindow::languageWanted, this, &Console::setLanguage, Qt::QueuedConnection);
    connect(m_window.get(), &MainWindow::appearanceWanted, this, &Console::setAppearance, Qt::QueuedConnection);
    connect(m_window.get(), &MainWindow::connectionWanted, this, [this] { offerConnection(); });
    if (visible) {
        m_window->show();
    }
}

void Console::show()
{
    if (!m_window) {
        present(m_settings->text(Setting::Language), m_settings->text(Setting::Theme));
    }
    m_window->show();
}

Result<> Console::start(const QString &federationFile)
{
    const QString file = federationFile.isEmpty() ? m_settings->text(Setting::FederationFile) : federationFile;
    if (file.isEmpty()) {
        offerConnection();
        return {};
    }
    auto connected = connectTo(file);
    if (!connected) {
        m_window->say(Phrases::sentence(connected.error()));
        offerConnection(file);
    }
    return connected;
}

Result<> Console::connectTo(const QString &federationFile)
{
    auto file = readFederationFile(federationFile);
    if (!file) {
        return tl::unexpected(file.error());
    }
    m_settings->set(Setting::FederationFile, federationFile);
    if (!file->papers.keyPem.isEmpty()) {
        begin(*file, file->papers.keyPem.toStdString());
        return {};
    }
    await(m_secrets->read(file->identity), this, [this, file = *file](const Result<QByteArray> &key) {
        if (key) {
            begin(file, key->toStdString());
        } else if (m_window) {
            m_window->say(Phrases::sentence(key.error()));
            offerConnection();
        }
    });
    return {};
}

void Console::begin(const FederationFile &file, const std::string &keyPem)
{
    const QStringList known = m_federation->siteIds();
    for (const auto &id : known) {
        m_federation->remove(id);
    }
    m_credentials = {file.papers.authorityPem.toStdString(), file.papers.certificatePem.toStdString(), keyPem};
    m_federation->setAuthorities(m_credentials.authorityPem);
    for (const Profile &site : file.sites) {
        m_federation->add(site);
    }
    if (m_isPainted) {
        m_federation->open();
    } else {
        m_opensWhenPainted = true;
    }
}

bool Console::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && watched == m_window.get()) {
        watched->removeEventFilter(this);
        m_isPainted = true;
        if (m_opensWhenPainted) {
            QTimer::singleShot(restMilliseconds, this, [this] { m_federation->open(); });
        }
    }
    return QObject::eventFilter(watched, event);
}

void Console::offerConnection(const QString &federationFile)
{
    const QString known = federationFile.isEmpty() ? m_settings->text(Setting::FederationFile) : federationFile;
    auto *dialog = new ConnectDialog(systemNow, known, m_secrets->remembers(), m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConnectDialog::connectionChosen, this, [this](const FederationFile &file, bool keep) {
        if (keep && !file.papers.keyPem.isEmpty()) {
            await(m_secrets->write(file.identity, file.papers.keyPem.toUtf8()), this, [this](const Result<> &written) {
                if (!written && m_window) {
                    m_window->say(Phrases::sentence(written.error()));
                }
            });
        }
        m_settings->set(Setting::FederationFile, file.path);
        begin(file, file.papers.keyPem.toStdString());
    });
    dialog->open();
}

}
