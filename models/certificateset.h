// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/erasurerecord.h"
#include "models/federation.h"

namespace portulan {

/// The certificates of many migrations: fetched from their sites a few at a time, and checked here against the federation's authority, off the
/// window's thread.
class CertificateSet : public QObject {
    Q_OBJECT
public:
    struct Entry {
        Operation operation;
        QByteArray text; ///< as both sites signed it
        std::optional<CheckedCertificate> checked;
        Problem problem; ///< why it is not
        QString fileName() const; ///< "instance-web-1-7e1f7a52.json": another for every migration
    };

    explicit CertificateSet(Federation &federation, QObject *parent = nullptr);

    /// Begins; complete() tells the end, also of none at all. Once.
    void fetch(const std::vector<Operation> &migrations);
    const std::vector<Entry> &entries() const { return m_entries; }
    int genuine() const;
    bool isComplete() const { return m_done == m_entries.size(); }

Q_SIGNALS:
    void progressed(int done, int total);
    void complete();

private:
    void fetchNext();
    void check(std::size_t number, const QByteArray &text);
    void settle();

    Federation &m_federation;
    std::vector<Entry> m_entries;
    std::size_t m_next = 0;
    std::size_t m_done = 0;
};

}
