// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/erasurerecord.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

namespace portulan {

/// What a checked migration certificate and a checked record of erasure say, as lines of label and value in the language of the moment. Moments are
/// in UTC: a proof is read elsewhere.
class CertificateReport {
    Q_DECLARE_TR_FUNCTIONS(portulan::CertificateReport)
public:
    struct Line {
        QString label;
        QString value;
        bool isExact = false; ///< a digest or an identity, to be compared letter by letter
    };
    static QString title();
    static QList<Line> of(const CheckedCertificate &checked);
    static QList<Line> of(const CheckedErasure &checked);
    static QList<Line> of(const MigrationProof &proof);
    /// Who signed it, and that the federation vouches for them.
    static QString assurance(const MigrationProof &proof);
    /// What has become of the copy the source kept, as far as this proof tells: a sentence.
    static QString sourceCopy(const MigrationProof &proof, Instant now);

private:
    static QString passes(const std::vector<std::int64_t> &sent);
    static QString method(const std::string &word);
};

}
