// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>

namespace portulan::site::embedded {

/// The boot sector of resources/nano/boot.S. Its first words on the serial port: "PORTULAN nano guest is up".
extern const std::array<unsigned char, 512> nanoGuest;

}
