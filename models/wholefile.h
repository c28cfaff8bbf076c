// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace portulan {

/// Writes a file whole or not at all: what was there before stays until then. DiskFull, Internal{file}.
Result<> writeWhole(const QString &path, const QByteArray &bytes);

}
