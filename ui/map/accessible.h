// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace portulan {

/// From now on every FederationMap is offered to screen readers as a picture with a pressable button per site or cluster. May be called
/// again and again.
void offerMapToScreenReaders();

}
