// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/operation.h"
#include "peer.pb.h"

namespace portulan::site {

// A test boot as two gateways tell each other of it. Neither believes the other's machine: what it printed is made fit to be shown.

constexpr std::size_t shownConsoleBytes = 4096;
/// The last of what a machine printed: line ends and tabs stay, a terminal's sequences go, what is not UTF-8 becomes U+FFFD.
std::string readable(std::string_view console, std::size_t limit = shownConsoleBytes);

v1::TestBoot toWire(const TestBoot &boot);
/// "failed" for a state nobody knows.
TestBoot testBootFrom(const v1::TestBoot &message);

}
