// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/certificateset.h"
#include "models/evacuationmoves.h"

namespace portulan {

/// What is kept of an evacuation: every certificate, and a page that says what moved where, what did not, and which file proves which move.
struct EvacuationDossier {
    std::vector<std::pair<QString, QByteArray>> files; ///< names and bytes of the certificates
    QString page; ///< HTML, in French, then in English
    QString title;

    /// In the window's thread: it speaks both languages.
    static EvacuationDossier of(const Operation &evacuation, const QString &siteName, const std::vector<EvacuationWave> &waves,
        const std::vector<CertificateSet::Entry> &entries);
    /// Into a folder that exists; in any thread. The page becomes a PDF. What is there under the same name is replaced. DiskFull, Internal{file}.
    Result<> saveTo(const QString &folder) const;
    static QString pageName() { return QStringLiteral("evacuation.pdf"); }
};

}
