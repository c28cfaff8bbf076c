// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/instant.h"
#include "models/profile.h"

#include <QStringList>
#include <QVector>

namespace portulan {

/// Who one is towards a federation's sites: PEM texts. The key is a secret: never logged, never in settings.
struct Papers {
    QString authorityPem;
    QString certificatePem;
    QString keyPem; ///< empty: elsewhere, in the keychain
};

/// federation.json, read and checked: {"federation", "demonstration", "authority", "client": {"certificate", "key"}, "sites": [{"id", "name",
/// "endpoint"}]}. Paths are relative to the file.
struct FederationFile {
    QString path;
    QString name;
    bool isDemonstration = false;
    Papers papers;
    QString identity; ///< of the client certificate, "user/alice"
    QVector<Profile> sites;
    QStringList unknownFields; ///< tolerated: a newer version may know them
};

/// Malformed{file, line or field, expected}; NotFound{what, id}; Untrusted{what, expected} if others may read the key; Expired, Untrusted for
/// certificates. Reads files: not in the window's thread.
Result<FederationFile> readFederationFile(const QString &path);
/// The PEM texts of three files; keyPath may be empty. The same checks.
Result<Papers> readPapers(const QString &authorityPath, const QString &certificatePath, const QString &keyPath);
/// Whether key and certificate belong together and the authority vouches for them now.
Result<> checkPapers(const Papers &papers, Instant now);
/// "host:port", port 1–65535, IPv6 in brackets.
bool isEndpoint(const QString &text);

}
