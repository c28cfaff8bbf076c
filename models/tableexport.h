// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <QAbstractItemModel>
#include <QList>

namespace portulan {

enum class TableFormat { Csv, Json };

/// The rows of a table as shown, for a spreadsheet (CSV, RFC 4180, with a byte-order mark so that accents survive) or a program (JSON array;
/// keys are the columns' titles, values the bare ones where the model has them). A cell that a spreadsheet would run as a formula is quoted.
QByteArray tableText(const QAbstractItemModel &model, const QList<int> &columns, TableFormat format);

/// Writes it to a file, whole or not at all. DiskFull or Internal{detail}.
Result<> writeTable(const QAbstractItemModel &model, const QList<int> &columns, const QString &path);

}
