// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"

#include <cstdio>

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::CompletionCommands)
};

/// Completes commands word by word and then their options.
QString bashScript()
{
    QString cases;
    QMap<QString, QStringList> next;
    for (const auto &command : allCommands()) {
        const auto path = command.path.split(u' ');
        for (qsizetype i = 0; i < path.size(); ++i) {
            auto &words = next[path.mid(0, i).join(u' ')];
            if (!words.contains(path.at(i))) {
                words.append(path.at(i));
            }
        }
        for (const auto &option : command.options) {
            next[command.path].append(u"--" + QLatin1String(option.name));
        }
        next[command.path].append(QStringLiteral("--help"));
    }
    next[QString()] += {QStringLiteral("--federation"), QStringLiteral("--output"), QStringLiteral("--lang"), QStringLiteral("--timeout")};
    for (const auto &[path, words] : next.asKeyValueRange()) {
        cases += u"    \"" + path + u"\") words=\"" + words.join(u' ') + u"\" ;;\n";
    }
    return QStringLiteral("# bash completion for portulanctl: source <(portulanctl completion bash)\n"
                          "_portulanctl() {\n"
                          "  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\" path=\"\" words=\"\" i word\n"
                          "  case \"$previous\" in\n"
                          "    --output) COMPREPLY=($(compgen -W 'table json csv' -- \"$current\")); return ;;\n"
                          "    --lang) COMPREPLY=($(compgen -W 'fr en' -- \"$current\")); return ;;\n"
                          "    --federation|--file|--template|--dir) COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n"
                          "  esac\n"
                          "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                          "    word=\"${COMP_WORDS[i]}\"\n"
                          "    case \"$word\" in\n"
                          "      --federation|--output|--lang|--timeout) ((i++)) ;;\n"
                          "      -*) ;;\n"
                          "      *) if [ \"${path//[^ ]/}\" = '' ]; then path=\"${path:+$path }$word\"; fi ;;\n"
                          "    esac\n"
                          "  done\n"
                          "  for path in \"$path\" \"${path%% *}\"; do\n" // an object's name is no word of a command
                          "    case \"$path\" in\n")
        + cases
        + QStringLiteral("    esac\n"
                         "    [ -n \"$words\" ] && break\n"
                         "  done\n"
                         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                         "}\n"
                         "complete -o default -F _portulanctl portulanctl\n");
}

void bash(Session &session, const Arguments &)
{
    std::fputs(bashScript().toUtf8().constData(), stdout);
    session.finish(Exit::Done);
}

}

std::vector<Command> completionCommands()
{
    return {{QStringLiteral("completion bash"), {}, Words::tr("Print the completion script for bash."), {}, 0, 0, false, bash}};
}

}
