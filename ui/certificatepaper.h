// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/erasurerecord.h"

#include <QByteArray>

namespace portulan {

/// The certificate for people: an A4 PDF that says it all in French, then in English, and names the file that proves it by its digest. The PDF itself
/// proves nothing. `now`: what it says of the copy at the source is said as of then. Written whole or not at all: DiskFull, Internal{file}.
Result<> writeCertificatePaper(const MigrationProof &proof, const QByteArray &certificateFile, Instant now, const QString &path);

}
