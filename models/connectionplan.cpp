// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/connectionplan.h"

#include "core/credentials.h"
#include "models/background.h"

namespace portulan {

ConnectionPlan::ConnectionPlan(Federation::Clock now, QObject *parent)
    : QObject(parent)
    , m_now(std::move(now))
{
}

void ConnectionPlan::setChoices(const ConnectionChoices &choices)
{
    if (choices == m_choices) {
        return;
    }
    m_choices = choices;
    ++m_generation;
    m_isChecking = choices != ConnectionChoices {};
    m_result.reset();
    if (m_isChecking) {
        inBackground([choices, now = m_now()] { return check(choices, now); }, this,
            [this, asked = m_generation](Result<FederationFile> result) {
                if (asked == m_generation) {
                    m_isChecking = false;
                    m_result = std::move(result);
                    Q_EMIT changed();
                }
            });
    }
    Q_EMIT changed();
}

Result<FederationFile> ConnectionPlan::check(const ConnectionChoices &choices, Instant now)
{
    Result<FederationFile> file = FederationFile {};
    if (!choices.federationFile.isEmpty()) {
        file = readFederationFile(choices.federationFile);
        if (!file) {
            return file;
        }
    } else {
        if (!isId(choices.siteId.toStdString())) {
            return refuse(Reason::InvalidArgument, {{"field", "site"}, {"expected", "1–63 a-z 0-9 -"}, {"value", choices.siteId.toStdString()}});
        }
        if (!isEndpoint(choices.endpoint)) {
            return refuse(Reason::InvalidArgument, {{"field", "endpoint"}, {"expected", "HOST:PORT"}, {"value", choices.endpoint.toStdString()}});
        }
        auto papers = readPapers(choices.authorityFile, choices.certificateFile, choices.keyFile);
        if (!papers) {
            return tl::unexpected(papers.error());
        }
        const auto facts = inspect(papers->certificatePem.toStdString());
        if (!facts) {
            return tl::unexpected(facts.error());
        }
        file->name = choices.siteId;
        file->identity = QString::fromStdString(facts->identity);
        file->papers = std::move(*papers);
        file->sites = {{choices.siteId, choices.siteId, choices.endpoint}};
    }
    if (const auto fit = checkPapers(file->papers, now); !fit) {
        return tl::unexpected(fit.error());
    }
    return file;
}

}
