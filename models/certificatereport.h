// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/migrationcertificate.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

namespace portulan {

/// What a checked migration certificate says, as lines of label and value in the language of the moment. Moments are in UTC: a proof is read
/// elsewhere.
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
    /// That both sites signed it and the federation vouches for both.
    static QString assurance();
};

}
