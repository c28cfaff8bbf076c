// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QString>

namespace portulan {

/// A site one knows of, before it has said anything: its id, the name in the federation file, "host:port".
struct Profile {
    QString id;
    QString name;
    QString endpoint;
    bool operator==(const Profile &) const = default;
};

}
