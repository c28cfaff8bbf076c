// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
class QTableView;

namespace portulan {

/// How every list of rows looks and takes the keyboard: whole rows, no grid, no row numbers, one line a row, Tab leaves it.
void dressTable(QTableView &table, int rowHeight = 34);

}
