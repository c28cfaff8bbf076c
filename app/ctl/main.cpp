// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "models/language.h"
#include "models/link/transport.h"
#include "models/phrases.h"

#include <QSocketNotifier>
#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::Main)
};

struct Line { ///< the command line, global options taken off wherever they stand
    GlobalOptions options;
    QString language;
    bool wantsHelp = false;
    bool wantsVersion = false;
    QStringList words;
};

Result<Line> parse(const QStringList &arguments)
{
    Line line;
    line.options.federationFile = qEnvironmentVariable("PORTULAN_FEDERATION", QStringLiteral("federation.json"));
    const QStringList global {QStringLiteral("--federation"), QStringLiteral("--output"), QStringLiteral("--lang"), QStringLiteral("--timeout")};
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const auto &word = arguments.at(i);
        const auto name = word.section(u'=', 0, 0);
        if (word == u"--") {
            line.words += arguments.mid(i);
            break;
        }
        if (word == u"--help" || word == u"-h") {
            line.wantsHelp = true;
        } else if (word == u"--version") {
            line.wantsVersion = true;
        } else if (!global.contains(name)) {
            line.words.append(word);
        } else {
            if (!word.contains(u'=') && i + 1 == arguments.size()) {
                return refuse(Reason::InvalidArgument, {{"field", name.toStdString()}, {"expected", "a value"}});
            }
            const auto value = word.contains(u'=') ? word.section(u'=', 1) : arguments.at(++i);
            bool isFine = true;
            if (name == u"--federation") {
                line.options.federationFile = value;
            } else if (name == u"--lang") {
                isFine = Language::codes().contains(value);
                line.language = value;
            } else if (name == u"--timeout") {
                line.options.timeoutSeconds = value.toInt(&isFine);
                isFine = isFine && line.options.timeoutSeconds >= 1 && line.options.timeoutSeconds <= 86400;
            } else {
                isFine = value == u"table" || value == u"json" || value == u"csv";
                line.options.form = value == u"json" ? Form::Machine : value == u"csv" ? Form::Csv : Form::Table;
            }
            if (!isFine) {
                const auto *expected = name == u"--lang" ? "fr, en" : name == u"--timeout" ? "1 – 86400" : "table, json, csv";
                return refuse(Reason::InvalidArgument, {{"field", name.toStdString()}, {"value", value.toStdString()}, {"expected", expected}});
            }
        }
    }
    return line;
}

/// The command whose words the line begins with, the longest.
const Command *find(const std::vector<Command> &commands, const QStringList &words)
{
    const Command *found = nullptr;
    for (const auto &command : commands) {
        const auto path = command.path.split(u' ');
        if (words.mid(0, path.size()) == path && (found == nullptr || found->path.size() < command.path.size())) {
            found = &command;
        }
    }
    return found;
}

/// Ctrl-C ends the program between two events, not in the middle of one; what the sites do goes on.
void watchInterrupts(QObject *parent)
{
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
    const int fd = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
    auto *notifier = new QSocketNotifier(fd, QSocketNotifier::Read, parent);
    QObject::connect(notifier, &QSocketNotifier::activated, parent, [] {
        say(Words::tr("Interrupted. What the sites have begun goes on there: portulanctl operation list."));
        QCoreApplication::exit(Exit::Interrupted);
    });
}

/// The line names no command: help if it was asked for, else what there is that begins alike.
int withoutCommand(const std::vector<Command> &commands, const Line &line)
{
    const bool isHelp = line.wantsHelp || line.words.value(0) == u"help";
    const auto family = isHelp && !line.wantsHelp ? line.words.value(1) : line.words.value(0);
    std::vector<Command> alike;
    std::ranges::copy_if(
        commands, std::back_inserter(alike), [&family](const Command &command) { return command.path.section(u' ', 0, 0) == family; });
    if (!isHelp && !line.words.isEmpty()) {
        say(alike.empty() ? Words::tr("There is no command “%1”. portulanctl --help lists those there are.").arg(line.words.join(u' '))
                          : Words::tr("“%1” is not a whole command. These begin so:").arg(line.words.join(u' ')));
    }
    if (isHelp || line.words.isEmpty() || !alike.empty()) {
        std::fputs((alike.empty() ? overview(commands) : listOf(alike)).toUtf8().constData(), isHelp ? stdout : stderr);
    }
    return isHelp ? Exit::Done : Exit::Usage;
}

int run(QCoreApplication &application)
{
    const auto line = parse(application.arguments().mid(1));
    Language language;
    language.load(line && !line->language.isEmpty() ? line->language : Language::preferred());
    if (!line) {
        say(Phrases::sentence(line.error()));
        return Exit::Usage;
    }
    if (line->wantsVersion) {
        std::puts("portulanctl " PORTULAN_VERSION);
        return Exit::Done;
    }
    const auto commands = allCommands();
    const Command *command = find(commands, line->words);
    if (command == nullptr) {
        return withoutCommand(commands, *line);
    }
    if (line->wantsHelp) {
        std::fputs(usageOf(*command).toUtf8().constData(), stdout);
        return Exit::Done;
    }
    const auto arguments = Arguments::parse(line->words.mid(command->path.count(u' ') + 1), command->options);
    if (!arguments || arguments->positional().size() < command->least || arguments->positional().size() > command->most) {
        if (!arguments) {
            say(Phrases::sentence(arguments.error()));
        }
        std::fputs(usageOf(*command).toUtf8().constData(), stderr);
        return Exit::Usage;
    }
    Session session(line->options);
    if (command->needsFederation) {
        if (const auto loaded = session.load(); !loaded) {
            say(loaded.error().reason == Reason::NotFound && loaded.error().fact("id") == line->options.federationFile.toStdString()
                    ? Words::tr("There is no federation file %1. Name yours with --federation FILE, or in PORTULAN_FEDERATION.")
                          .arg(line->options.federationFile)
                    : Phrases::sentence(loaded.error()));
            return exitCode(loaded.error().reason);
        }
    }
    QMetaObject::invokeMethod(
        &session, [&] { command->run(session, *arguments); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

}

}

int main(int argc, char **argv)
{
    const portulan::Transport transport;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("portulanctl"));
    portulan::ctl::watchInterrupts(&application);
    return portulan::ctl::run(application);
}
