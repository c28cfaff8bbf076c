// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/database.h"
#include "site/journal.h"

namespace portulan::site {

/// The journal's database and what its parts ask of it; the mutex is held.
struct Journal::Data {
    std::mutex mutex;
    Database database;

    Result<std::vector<MigrationRecord>> records(Statement &rows) const;
    Result<std::optional<MigrationRecord>> departure(const char *query, std::string_view id) const;
    Result<std::vector<ErasureNote>> erasures(Statement &rows) const;
    Result<> keep(const char *find, const char *insert, std::string_view migration, std::string_view text) const;
    Result<> forgetStatement(std::string_view migration) const;
    Result<std::string> kept(const char *find, std::string_view migration) const;
    Result<std::vector<Operation>> operations(Statement &rows) const;
    Result<std::vector<EvacuationRecord>> evacuations(Statement &orders);
};

}
