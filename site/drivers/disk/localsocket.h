// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/disk/fd.h"

#include <string>

namespace portulan::site {

// Unix sockets by directory and name: the path may be longer than a socket address allows.

/// Connects to the socket `name` in `directory`; Unreachable if nobody listens.
Result<Fd> connectLocal(const std::string &directory, const std::string &name);
/// A socket that listens already, to be given to another program: who connects need not wait for it to be up.
Result<Fd> listenLocal(const std::string &directory, const std::string &name);

}
