// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/transport.h"

#include <grpc/grpc.h>

namespace portulan {

Transport::Transport()
{
    grpc_init();
}

Transport::~Transport()
{
    grpc_shutdown_blocking();
}

}
