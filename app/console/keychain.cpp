// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/console/keychain.h"

#include <QTimer>
#include <functional>
#include <qt6keychain/keychain.h>

namespace portulan {

namespace {
const QString service = QStringLiteral("org.portulan.Console");
}

Keychain::Keychain(int timeoutMs, QObject *parent)
    : QObject(parent)
    , m_timeoutMs(timeoutMs)
{
}

void Keychain::giveUp(const QString &why)
{
    if (m_remembers) {
        m_remembers = false;
        Q_EMIT lost(why);
    }
}

template <typename T>
QFuture<Result<T>> Keychain::start(QKeychain::Job *job, std::function<Result<T>()> answer)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const auto end = [promise](Result<T> result) {
        if (!promise->future().isFinished()) {
            promise->addResult(std::move(result));
            promise->finish();
        }
    };
    job->setParent(this);
    job->setAutoDelete(true);
    connect(job, &QKeychain::Job::finished, this, [this, end, answer](QKeychain::Job *done) {
        if (done->error() == QKeychain::NoError) {
            end(answer());
        } else if (done->error() == QKeychain::EntryNotFound) {
            end(refuse(Reason::NotFound, {{"what", "secret"}, {"id", done->key().toStdString()}}));
        } else {
            giveUp(done->errorString());
            end(refuse(Reason::NoKeychain, {}, done->errorString().toStdString()));
        }
    });
    QTimer::singleShot(m_timeoutMs, job, [this, end] {
        giveUp(QStringLiteral("no answer in time"));
        end(refuse(Reason::NoKeychain, {{"cause", "timeout"}}));
    });
    job->start();
    return promise->future();
}

QFuture<Result<QByteArray>> Keychain::read(const QString &name)
{
    if (!m_remembers) {
        return m_session.read(name);
    }
    auto *job = new QKeychain::ReadPasswordJob(service);
    job->setKey(name);
    return start<QByteArray>(job, [job] { return Result<QByteArray>(job->binaryData()); });
}

QFuture<Result<>> Keychain::write(const QString &name, const QByteArray &secret)
{
    if (!m_remembers) {
        return m_session.write(name, secret);
    }
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setKey(name);
    job->setBinaryData(secret);
    return start<void>(job, [] { return Result<>(); });
}

QFuture<Result<>> Keychain::remove(const QString &name)
{
    if (!m_remembers) {
        return m_session.remove(name);
    }
    auto *job = new QKeychain::DeletePasswordJob(service);
    job->setKey(name);
    return start<void>(job, [] { return Result<>(); });
}

}
