// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace portulan::site::libvirt {

/// Lets libvirt's events and keep-alive come. One loop a process, because libvirt registers one; it must run before the first connection is
/// opened, and lasts as long as the process.
void demandEventLoop();

}
