// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/order.h"
#include "site/drivers/record/demands.h"
#include "site/drivers/record/store.h"

namespace portulan::site {

// Orders about projects: they are Portulan's own, whatever is beneath.

/// Its id, once chosen, is put into the order.
Result<> prepareProject(Draft &draft, CreateProject &order);
Result<> prepareProject(Draft &draft, const UpdateProject &order, std::string_view etag);
/// NotReady{state="not_empty"} while anything belongs to it.
Result<> prepareProject(Draft &draft, const Store &store, const DeleteProject &order, std::string_view etag);

}
