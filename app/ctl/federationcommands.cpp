// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "app/ctl/federationlayout.h"
#include "core/credentials.h"
#include "models/federationfile.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::FederationCommands)
};

Instant now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void check(Session &session, const Arguments &arguments)
{
    const auto path = arguments.positional().isEmpty() ? session.options().federationFile : arguments.at(0);
    const auto file = readFederationFile(path);
    if (!file) {
        session.fail(file.error());
        return;
    }
    for (const auto &field : file->unknownFields) {
        say(Words::tr("warning: the field “%1” is not known").arg(field));
    }
    if (const auto fit = checkPapers(file->papers, now()); !fit) {
        session.fail(fit.error());
        return;
    }
    const auto facts = inspect(file->papers.certificatePem.toStdString());
    Json sites = Json::array();
    for (const auto &site : file->sites) {
        sites.push_back({{"id", site.id.toStdString()}, {"name", site.name.toStdString()}, {"endpoint", site.endpoint.toStdString()}});
    }
    print(Json {{"federation", file->name.toStdString()}, {"demonstration", file->isDemonstration}, {"identity", file->identity.toStdString()},
              {"valid_until", facts ? Json(toRfc3339(facts->notAfter)) : Json()}, {"has_key", !file->papers.keyPem.isEmpty()}, {"sites", sites}},
        session.options().form);
    session.finish(Exit::Done);
}

void init(Session &session, const Arguments &arguments)
{
    const auto port = arguments.number("base-port", 7601, 1, 65000);
    if (!accepts(session, port)) {
        return;
    }
    for (const char *demanded : {"template", "dir"}) {
        if (!arguments.has(demanded)) {
            session.usage({Reason::InvalidArgument, {{"field", std::string("--") + demanded}, {"expected", "a path"}}, {}});
            return;
        }
    }
    FederationLayout layout(arguments.value("dir"), int(*port), now());
    if (const auto done = layout.layOut(arguments.value("template")); !done) {
        session.fail(done.error());
        return;
    }
    say(Words::tr("%Ln sites laid out in %1. Start each with portulan-site --config.", nullptr, layout.sites()).arg(arguments.value("dir")));
    session.finish(Exit::Done);
}

}

std::vector<Command> federationCommands()
{
    return {
        {QStringLiteral("federation check"), QStringLiteral("[FILE]"), Words::tr("Check a federation file, its certificates and its key."), {}, 0, 1,
            false, check},
        {QStringLiteral("federation init"), QStringLiteral("--template FILE --dir DIR"),
            Words::tr("Lay out a new federation: authority, certificates, a folder for each site."),
            {{"template", "FILE"}, {"dir", "DIR"}, {"base-port", "N"}}, 0, 0, false, init},
    };
}

}
