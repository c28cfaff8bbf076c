// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/fakes/fakelink.h"

#include "tests/fakes/world.h"

#include <QPromise>

#include <memory>

namespace portulan {

namespace {
tl::unexpected<Problem> unanswered()
{
    return refuse(Reason::Unsupported, {{"what", "this question"}});
}
}

FakeLink::FakeLink(const QString &siteId, QObject *parent)
    : SiteLink(parent)
    , identity(unanswered())
    , objects(unanswered())
    , console(unanswered())
    , samples(unanswered())
    , auditPage(unanswered())
    , auditVerification(unanswered())
    , m_siteId(siteId)
    , m_now(world::now())
{
}

template <typename T>
QFuture<Result<T>> FakeLink::answer(Result<T> result)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto deliver = [promise, result = std::move(result)] {
        promise->addResult(result);
        promise->finish();
    };
    if (m_holding) {
        m_held.push_back(deliver);
    } else {
        deliver();
    }
    return promise->future();
}

void FakeLink::releaseAnswers()
{
    m_holding = false;
    for (const auto &deliver : std::exchange(m_held, {})) {
        deliver();
    }
}

void FakeLink::become(LinkState state, const Problem &problem)
{
    m_problem = problem;
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged(state);
    }
}

void FakeLink::goLive(const std::vector<Thing> &snapshot)
{
    m_open = true;
    become(LinkState::Connecting);
    m_heard = m_now;
    Q_EMIT snapshotBegan();
    Q_EMIT changed(QVector<Thing>(snapshot.begin(), snapshot.end()));
    Q_EMIT snapshotEnded();
    become(LinkState::Live);
}

void FakeLink::tell(const std::vector<Thing> &things)
{
    m_heard = m_now;
    Q_EMIT changed(QVector<Thing>(things.begin(), things.end()));
}

void FakeLink::lose(const Problem &problem)
{
    become(LinkState::Stale, problem);
}
void FakeLink::refuse(const Problem &problem)
{
    become(LinkState::Refused, problem);
}

void FakeLink::open()
{
    m_open = true;
    become(LinkState::Connecting);
}

void FakeLink::close()
{
    m_open = false;
    become(LinkState::Idle);
}

QFuture<Result<Operation>> FakeLink::submit(const Request &request)
{
    requests.push_back(request);
    if (onSubmit) {
        return answer(onSubmit(request));
    }
    Operation operation;
    operation.id = {m_siteId.toStdString(), ObjectKind::Operation, "op-" + std::to_string(++m_operations)};
    operation.kind = kindOf(request.order);
    operation.object = objectOf(request.order);
    operation.object.site = operation.id.site;
    operation.state = OperationState::Running;
    operation.requestId = request.requestId;
    operation.startedAt = operation.changedAt = m_now;
    return answer(Result<Operation>(operation));
}

QFuture<Result<Identity>> FakeLink::whoAmI()
{
    questions << QStringLiteral("whoAmI");
    return answer(identity);
}

QFuture<Result<Thing>> FakeLink::object(const ObjectId &id)
{
    questions << QStringLiteral("object ") + QString::fromStdString(id.text());
    return answer(onObject ? onObject(id) : Result<Thing>(unanswered()));
}

QFuture<Result<QVector<DataObject>>> FakeLink::dataObjects(const ObjectId &dataSet)
{
    questions << QStringLiteral("dataObjects ") + QString::fromStdString(dataSet.text());
    return answer(objects);
}

QFuture<Result<MigrationAssessment>> FakeLink::planMigration(const Migrate &order)
{
    questions << QStringLiteral("planMigration ") + QString::fromStdString(order.object.text());
    return answer(onPlan ? onPlan(order) : Result<MigrationAssessment>(unanswered()));
}

QFuture<Result<QByteArray>> FakeLink::migrationCertificate(const ObjectId &operation)
{
    questions << QStringLiteral("migrationCertificate ") + QString::fromStdString(operation.text());
    return answer(certificate);
}

QFuture<Result<Verdict>> FakeLink::judge(const QString &object, Classification hypothetical, const QString &project)
{
    questions << QStringLiteral("judge ") + object;
    return answer(onJudge ? onJudge(object, hypothetical, project) : Result<Verdict>(unanswered()));
}

QFuture<Result<QByteArray>> FakeLink::consoleOutput(const ObjectId &instance, int maxBytes)
{
    questions << QStringLiteral("consoleOutput %1 %2").arg(QString::fromStdString(instance.text())).arg(maxBytes);
    return answer(console);
}

QFuture<Result<QVector<CapacitySample>>> FakeLink::capacitySamples(Instant from, Instant to)
{
    questions << QStringLiteral("capacitySamples %1 %2").arg(QString::fromStdString(toRfc3339(from)), QString::fromStdString(toRfc3339(to)));
    return answer(samples);
}

QFuture<Result<AuditPage>> FakeLink::audit(const QString &pageToken, int pageSize, const QString &object)
{
    questions << QStringLiteral("audit %1 %2 %3").arg(pageToken).arg(pageSize).arg(object);
    return answer(auditPage);
}

QFuture<Result<AuditVerification>> FakeLink::verifyAudit()
{
    questions << QStringLiteral("verifyAudit");
    return answer(auditVerification);
}

QFuture<Result<Operation>> FakeLink::importFile(const Import &import, const QString &path)
{
    questions << QStringLiteral("importFile ") + path;
    return answer(onImport ? onImport(import, path) : Result<Operation>(unanswered()));
}

QFuture<Result<qint64>> FakeLink::exportFile(const ObjectId &object, const QString &format, const QString &path)
{
    questions << QStringLiteral("exportFile %1 %2 %3").arg(QString::fromStdString(object.text()), format, path);
    return answer(onDownload ? onDownload(path) : Result<qint64>(unanswered()));
}

QFuture<Result<DataObject>> FakeLink::putObject(const ObjectId &dataSet, const QString &key, const QString &path)
{
    questions << QStringLiteral("putObject %1 %2 %3").arg(QString::fromStdString(dataSet.text()), key, path);
    return answer(Result<DataObject>(unanswered()));
}

QFuture<Result<qint64>> FakeLink::getObject(const ObjectId &dataSet, const QString &key, const QString &path)
{
    questions << QStringLiteral("getObject %1 %2 %3").arg(QString::fromStdString(dataSet.text()), key, path);
    return answer(onDownload ? onDownload(path) : Result<qint64>(unanswered()));
}

}
