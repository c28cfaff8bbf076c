// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace portulan {

/// gRPC, for as long as a program has links. Declared first in main(): when it goes, after every link, gRPC's threads have ended, and none of them
/// finds half of the program gone.
class Transport {
public:
    Transport();
    ~Transport();
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;
};

}
