// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/console/console.h"
#include "app/console/keychain.h"
#include "models/link/transport.h"
#include "models/phrases.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTemporaryDir>
#include <QTextStream>

int main(int argc, char **argv)
{
    using namespace portulan;
    const Transport transport;
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("portulan"));
    QApplication::setOrganizationName(QStringLiteral("portulan"));
    QApplication::setApplicationVersion(QStringLiteral(PORTULAN_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.portulan.Console"));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Console for federations of sovereign clouds"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({QStringLiteral("federation"), QStringLiteral("Federation file to connect to."), QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("lang"), QStringLiteral("Language: fr or en."), QStringLiteral("LANG")});
    parser.addOption({QStringLiteral("theme"), QStringLiteral("Look: light, dark or system."), QStringLiteral("THEME")});
    parser.addOption({QStringLiteral("demo"), QStringLiteral("Settings of this run are forgotten; no keychain is asked.")});
    QTextStream errors(stderr);
    if (!parser.parse(QApplication::arguments())) {
        errors << QStringLiteral("portulan: ") << parser.errorText() << Qt::endl;
        return 2;
    }
    parser.process(application);

    const QString language = parser.value(QStringLiteral("lang"));
    const QString look = parser.value(QStringLiteral("theme"));
    if ((!language.isEmpty() && !Language::codes().contains(language))
        || (!look.isEmpty() && !QStringList {QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("system")}.contains(look))) {
        errors << QStringLiteral("portulan: --lang takes fr or en, --theme takes light, dark or system\n");
        return 2;
    }
    const bool demo = parser.isSet(QStringLiteral("demo"));
    const QTemporaryDir forgotten; // a file of its own: settings are written by replacing the file, and root could replace a device
    auto settings = demo ? std::make_unique<Settings>(forgotten.filePath(QStringLiteral("settings.ini"))) : std::make_unique<Settings>();
    if (!language.isEmpty()) {
        settings->set(Setting::Language, language);
    }
    if (!look.isEmpty()) {
        settings->set(Setting::Theme, look);
    }
    std::unique_ptr<SecretStore> secrets;
    if (demo) {
        secrets = std::make_unique<SessionSecrets>();
    } else {
        secrets = std::make_unique<Keychain>();
    }
    Console console(application, std::move(settings), std::move(secrets));
    // A file named on the command line is an order: it is followed or refused. The one of last time is a habit: the window offers another.
    const QString file = parser.value(QStringLiteral("federation"));
    if (!file.isEmpty()) {
        if (const auto connected = console.connectTo(file); !connected) {
            errors << QStringLiteral("portulan: ") << Phrases::sentence(connected.error()) << Qt::endl;
            return 2;
        }
    }
    console.show();
    if (file.isEmpty()) {
        (void)console.start({}); // it says itself what is wrong
    }
    return QApplication::exec();
}
