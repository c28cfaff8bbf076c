// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/secrets.h"
#include "models/sessionsecrets.h"

#include <QObject>

namespace QKeychain {
class Job;
}

namespace portulan {

/// Secrets in the desktop's keychain through QtKeychain. Every job has a time limit, since a locked keyring may wait for its user for ever;
/// the first answer that is neither a secret nor "there is none" ends the belief in a keychain: from then on secrets live for this session
/// only, and remembers() says so.
class Keychain final : public QObject, public SecretStore {
    Q_OBJECT
public:
    explicit Keychain(int timeoutMs = 15'000, QObject *parent = nullptr);

    QFuture<Result<QByteArray>> read(const QString &name) override;
    QFuture<Result<>> write(const QString &name, const QByteArray &secret) override;
    QFuture<Result<>> remove(const QString &name) override;
    bool remembers() const override { return m_remembers; }

Q_SIGNALS:
    /// No keychain answers: secrets are kept for this session only.
    void lost(const QString &why);

private:
    template <typename T>
    QFuture<Result<T>> start(QKeychain::Job *job, std::function<Result<T>()> answer);
    void giveUp(const QString &why);

    const int m_timeoutMs;
    bool m_remembers = true;
    SessionSecrets m_session;
};

}
