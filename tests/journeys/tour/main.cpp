// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/transport.h"
#include "models/phrases.h"
#include "models/sessionsecrets.h"
#include "tests/journeys/tour/tour.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTemporaryDir>

static QtMessageHandler defaultMessages = nullptr;

int main(int argc, char **argv)
{
    using namespace portulan;
    defaultMessages = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &message) {
        if (!message.startsWith(QLatin1String("This plugin does not support"))) { // of the offscreen platform, at every window
            defaultMessages(type, context, message);
        }
    });
    const Transport transport;
    WatchedApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("portulan"));
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("federation"), QStringLiteral("Federation to drive."), QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("dir"), QStringLiteral("Where pictures and summary go."), QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("lang"), QStringLiteral("Only this language."), QStringLiteral("LANG")});
    parser.addOption({QStringLiteral("flaky-site"), QStringLiteral("Site that goes silent for a while."), QStringLiteral("SITE")});
    parser.addOption({QStringLiteral("flaky-process"), QStringLiteral("Its gateway's process id."), QStringLiteral("PID")});
    parser.process(application);

    const QTemporaryDir scratch;
    auto settings = std::make_unique<Settings>(scratch.filePath(QStringLiteral("settings.ini")));
    settings->set(Setting::ReduceMotion, true);
    Console console(application, std::move(settings), std::make_unique<SessionSecrets>());
    const auto connected = console.connectTo(parser.value(QStringLiteral("federation")));
    if (!connected) {
        fprintf(stderr, "tour: %s\n", describe(connected.error()).c_str());
        return 2;
    }
    console.present(QStringLiteral("fr"), QStringLiteral("light"));
    console.show();
    const QString language = parser.value(QStringLiteral("lang"));
    QStringList languages = Language::codes();
    if (!language.isEmpty()) {
        languages = {language};
    }
    QDir out(parser.value(QStringLiteral("dir")));
    out.mkpath(QStringLiteral("."));
    Tour tour(console, application, out, languages);
    tour.setFlakySite(parser.value(QStringLiteral("flaky-site")), parser.value(QStringLiteral("flaky-process")).toLongLong());
    return tour.run() ? 0 : 1;
}
