// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "app/ctl/session.h"

namespace portulan::ctl {

/// One command of the program.
struct Command {
    QString path; ///< "instance create", "migrate"
    QString arguments; ///< positional ones and what matters most, as usage shows them
    QString summary; ///< one sentence in the language of the moment
    std::vector<Option> options;
    int least = 0; ///< positional arguments
    int most = 0;
    bool needsFederation = true;
    std::function<void(Session &, const Arguments &)> run;
};

std::vector<Command> siteCommands();
std::vector<Command> objectCommands();
std::vector<Command> powerCommands();
std::vector<Command> createCommands();
std::vector<Command> projectCommands();
std::vector<Command> byteCommands();
std::vector<Command> migrateCommands();
std::vector<Command> evacuateCommands();
std::vector<Command> operationCommands();
std::vector<Command> verdictCommands();
std::vector<Command> auditCommands();
std::vector<Command> certificateCommands();
std::vector<Command> federationCommands();
std::vector<Command> applyCommands();
std::vector<Command> completionCommands();
std::vector<Command> allCommands(); ///< in the order of the help

QString overview(const std::vector<Command> &commands);
QString listOf(const std::vector<Command> &commands); ///< a line or two each
QString usageOf(const Command &command);

/// The kinds with list, show and delete, with the word of their family.
struct Family {
    const char *word;
    ObjectKind kind;
};
inline constexpr Family families[]
    = {{"instance", ObjectKind::Instance}, {"volume", ObjectKind::Volume}, {"image", ObjectKind::Image}, {"dataset", ObjectKind::DataSet},
        {"network", ObjectKind::Network}, {"snapshot", ObjectKind::Snapshot}, {"cluster", ObjectKind::KubernetesCluster}};

/// A word of a closed list on the command line, or the InvalidArgument that says which there are.
Result<Classification> classOf(const Arguments &arguments);
/// Ends the program with exit code 2 unless the result holds a value.
template <typename T>
bool accepts(Session &session, const Result<T> &result)
{
    if (!result) {
        session.usage(result.error());
    }
    return result.has_value();
}

}
