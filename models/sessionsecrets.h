// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/answer.h"
#include "models/secrets.h"

#include <map>

namespace portulan {

/// Secrets of this session only, for a desktop without keychain and for programs that run without a person.
class SessionSecrets final : public SecretStore {
public:
    QFuture<Result<QByteArray>> read(const QString &name) override
    {
        const auto at = m_secrets.find(name);
        return at == m_secrets.end() ? answered<QByteArray>(refuse(Reason::NotFound, {{"what", "secret"}, {"id", name.toStdString()}}))
                                     : answered<QByteArray>(at->second);
    }
    QFuture<Result<>> write(const QString &name, const QByteArray &secret) override
    {
        m_secrets[name] = secret;
        return answered<void>({});
    }
    QFuture<Result<>> remove(const QString &name) override
    {
        m_secrets.erase(name);
        return answered<void>({});
    }
    bool remembers() const override { return false; }

private:
    std::map<QString, QByteArray> m_secrets;
};

}
