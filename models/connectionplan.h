// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/federation.h"
#include "models/federationfile.h"

namespace portulan {

/// How somebody wants to connect: by a federation's file, or to one site by hand.
struct ConnectionChoices {
    QString federationFile;
    QString siteId; ///< by hand, with the four below
    QString endpoint;
    QString authorityFile;
    QString certificateFile;
    QString keyFile;
    bool operator==(const ConnectionChoices &) const = default;
};

/// A connection being composed: choices in, what the files say and whether they fit together out. Files are read in another thread.
class ConnectionPlan : public QObject {
    Q_OBJECT
public:
    explicit ConnectionPlan(Federation::Clock now, QObject *parent = nullptr);

    const ConnectionChoices &choices() const { return m_choices; }
    void setChoices(const ConnectionChoices &choices);
    bool isChecking() const { return m_isChecking; }
    /// Why not yet; nullptr if all is well or nothing was checked.
    const Problem *problem() const { return m_result && !*m_result ? &m_result->error() : nullptr; }
    bool isReady() const { return !m_isChecking && m_result && m_result->has_value(); }
    /// What to connect to; only when isReady().
    const FederationFile &file() const { return m_result->value(); }

Q_SIGNALS:
    void changed();

private:
    static Result<FederationFile> check(const ConnectionChoices &choices, Instant now);

    Federation::Clock m_now;
    ConnectionChoices m_choices;
    std::optional<Result<FederationFile>> m_result;
    bool m_isChecking = false;
    int m_generation = 0;
};

}
