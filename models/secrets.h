// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <QByteArray>
#include <QFuture>
#include <QString>

namespace portulan {

/// Where private keys and tokens live: the desktop's keychain. Answers NoKeychain when none answers in time, NotFound{id} when it holds no
/// such secret. A desktop may ask its user before it answers, so nothing ever waits for it.
class SecretStore {
public:
    virtual ~SecretStore() = default;
    virtual QFuture<Result<QByteArray>> read(const QString &name) = 0;
    virtual QFuture<Result<>> write(const QString &name, const QByteArray &secret) = 0;
    virtual QFuture<Result<>> remove(const QString &name) = 0;
    /// False if what is written is gone when the program ends.
    virtual bool remembers() const = 0;
};

}
