// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"

namespace portulan::ctl {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::Help)
};
}

std::vector<Command> allCommands()
{
    std::vector<Command> all;
    for (auto family : {siteCommands, objectCommands, createCommands, powerCommands, projectCommands, byteCommands, migrateCommands, evacuateCommands,
             operationCommands, verdictCommands, auditCommands, certificateCommands, federationCommands, applyCommands, completionCommands}) {
        auto commands = family();
        std::ranges::move(commands, std::back_inserter(all));
    }
    return all;
}

QString listOf(const std::vector<Command> &commands)
{
    QString text;
    for (const auto &command : commands) {
        const QString call = command.arguments.isEmpty() ? command.path : QString(command.path + u' ' + command.arguments);
        text += u"  " + (call.size() > 44 ? QString(call + u"\n  " + QString(44, u' ')) : call.leftJustified(44)) + u"  " + command.summary + u'\n';
    }
    return text;
}

QString overview(const std::vector<Command> &commands)
{
    return Words::tr("portulanctl: runs and moves workloads over a federation of sovereign clouds.") + u"\n\n"
        + Words::tr("Usage: portulanctl [--federation FILE] [--output table|json|csv] [--lang fr|en] [--timeout S] COMMAND") + u"\n\n"
        + listOf(commands) + u'\n'
        + Words::tr("COMMAND --help lists the options of a command. Exit codes: 0 done, 1 failed, 2 usage, 3 refused by policy, 4 site unreachable, "
                    "5 not authorised, 6 changed meanwhile, 130 interrupted.")
        + u'\n';
}

QString usageOf(const Command &command)
{
    QString text = command.summary + u"\n\n"
        + Words::tr("Usage: portulanctl %1").arg(command.path + (command.arguments.isEmpty() ? QString() : QString(u' ' + command.arguments)))
        + u'\n';
    for (const auto &option : command.options) {
        text += u"  --" + QLatin1String(option.name) + (option.value == nullptr ? QString() : QString(u' ' + QLatin1String(option.value))) + u'\n';
    }
    return text;
}

Result<Classification> classOf(const Arguments &arguments)
{
    const auto word = arguments.value("class").toStdString();
    return classificationFrom(word == "unclassified" ? std::string() : word);
}

}
