// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/grpclink.h"

#include "core/erasurerecord.h"
#include "models/link/answers.h"
#include "models/link/call.h"
#include "models/link/channel.h"
#include "models/link/files.h"
#include "models/link/gathering.h"
#include "models/link/submit.h"

#include <QUuid>

#include <algorithm>

namespace portulan {

namespace {

/// Answers whose only reader is the console.
template <typename Message>
auto understood(const Message &message)
{
    return answers::from(message);
}

/// Adds a page's items to those gathered.
template <typename Messages, typename T>
Result<> addAll(const Messages &messages, QVector<T> &items)
{
    for (const auto &message : messages) {
        auto item = wire::fromWire(message);
        if (!item) {
            return unexpected<Problem>(item.error());
        }
        items.push_back(std::move(*item));
    }
    return {};
}

template <typename T>
QFuture<Result<T>> refused(const Problem &problem)
{
    return QtFuture::makeReadyFuture(Result<T>(unexpected<Problem>(problem)));
}

std::string newRequestId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

}

/// What of the link is gRPC's.
class GrpcLink::Wire {
public:
    Wire(const LinkTarget &where, GrpcLink *link)
        : target(where)
        , watch(where)
    {
        QObject::connect(&watch, &Watch::snapshotBegan, link, &GrpcLink::snapshotBegan);
        QObject::connect(&watch, &Watch::snapshotEnded, link, &GrpcLink::snapshotEnded);
        QObject::connect(&watch, &Watch::changed, link, &GrpcLink::changed);
        QObject::connect(&watch, &Watch::stateChanged, link, &GrpcLink::stateChanged);
        QObject::connect(&transfers, &Transfers::progress, link, &GrpcLink::progress);
    }

    /// The stub for calls, on a connection of their own: a transfer does not hold up the watch. Made anew after the last one failed, so
    /// that gRPC's own waiting does not come on top of ours.
    Result<Way> stub()
    {
        m_calls.sweep();
        if (!m_channel || m_channel->GetState(false) == GRPC_CHANNEL_TRANSIENT_FAILURE) {
            auto channel = openChannel(target.endpoint.toStdString(), target.siteId.toStdString(), target.credentials, target.pace.connect);
            if (!channel) {
                return unexpected<Problem>(channel.error());
            }
            m_channel = std::move(*channel);
            m_stub = v1::Gateway::NewStub(m_channel);
        }
        return Way {m_stub, m_calls};
    }

    template <typename T, typename Message, typename Reply, typename Translate>
    QFuture<Result<T>> ask(Question<Message, Reply> question, Message request, std::chrono::milliseconds deadline, Translate translate)
    {
        const auto way = stub();
        return way ? call(*way, question, std::move(request), deadline, std::move(translate)) : refused<T>(way.error());
    }

    template <typename T>
    QFuture<Result<T>> transfer(const QString &path, std::function<Result<T>(Stub &, Transfer &)> work)
    {
        const auto way = stub();
        if (!way) {
            return refused<T>(way.error());
        }
        return transfers.start<T>(path, [stub = way->stub, work = std::move(work)](Transfer &one) { return work(*stub, one); });
    }

    const LinkTarget target;
    Watch watch;
    Transfers transfers;

private:
    std::shared_ptr<grpc::Channel> m_channel;
    std::shared_ptr<Stub> m_stub;
    OpenCalls m_calls; ///< dropped first
};

GrpcLink::GrpcLink(const LinkTarget &target, QObject *parent)
    : SiteLink(parent)
    , m_wire(std::make_unique<Wire>(target, this))
{
}

GrpcLink::~GrpcLink() = default;

QString GrpcLink::siteId() const
{
    return m_wire->target.siteId;
}
LinkState GrpcLink::state() const
{
    return m_wire->watch.state();
}
Problem GrpcLink::problem() const
{
    return m_wire->watch.problem();
}
Instant GrpcLink::lastHeard() const
{
    return m_wire->watch.lastHeard();
}
qint64 GrpcLink::clockSkewMs() const
{
    return m_wire->watch.clockSkewMs();
}
void GrpcLink::open()
{
    m_wire->watch.open();
}
void GrpcLink::close()
{
    m_wire->watch.close();
}

QFuture<Result<Operation>> GrpcLink::submit(const Request &request)
{
    const auto way = m_wire->stub();
    return way ? portulan::submit(*way, request, m_wire->target.pace.answer) : refused<Operation>(way.error());
}

QFuture<Result<Identity>> GrpcLink::whoAmI()
{
    return m_wire->ask<Identity>(&Questions::WhoAmI, google::protobuf::Empty(), m_wire->target.pace.brief, understood<v1::Identity>);
}

QFuture<Result<Thing>> GrpcLink::object(const ObjectId &id)
{
    v1::GetRequest request;
    request.set_name(id.resourceName());
    return m_wire->ask<Thing>(&Questions::GetObject, std::move(request), m_wire->target.pace.brief, [id](const v1::Change &reply) -> Result<Thing> {
        auto change = wire::fromWire(reply);
        if (change && idOf(change->thing) != id) {
            return refuse(Reason::Malformed, {{"expected", id.text()}, {"value", idOf(change->thing).text()}});
        }
        return std::move(change).map([](Change &&one) { return std::move(one.thing); });
    });
}

QFuture<Result<QVector<DataObject>>> GrpcLink::dataObjects(const ObjectId &dataSet)
{
    const auto way = m_wire->stub();
    if (!way) {
        return refused<QVector<DataObject>>(way.error());
    }
    v1::ListDataObjectsRequest request;
    request.set_data_set(dataSet.resourceName());
    return gather<DataObject>(*way, &Questions::ListDataObjects, std::move(request), 2 * m_wire->target.pace.answer,
        [](const v1::ListDataObjectsResponse &reply, QVector<DataObject> &items) { return addAll(reply.objects(), items); });
}

QFuture<Result<MigrationAssessment>> GrpcLink::planMigration(const Migrate &order)
{
    const auto message = wire::toWire(Request {newRequestId(), {}, true, order});
    return m_wire->ask<MigrationAssessment>(
        &Questions::PlanMigration, std::move(static_cast<v1::MigrateRequest &>(*message)), m_wire->target.pace.answer, understood<v1::MigrationPlan>);
}

QFuture<Result<QByteArray>> GrpcLink::migrationCertificate(const ObjectId &operation)
{
    v1::GetRequest request;
    request.set_name(operation.resourceName());
    return m_wire->ask<QByteArray>(
        &Questions::GetMigrationCertificate, std::move(request), m_wire->target.pace.brief, [](const v1::MigrationCertificate &reply) {
            return Result<QByteArray>(QByteArray::fromStdString(proofText(reply.text(), reply.erasure())));
        });
}

QFuture<Result<Verdict>> GrpcLink::judge(const QString &object, Classification hypothetical, const QString &project)
{
    v1::JudgeRequest request;
    const auto id = ObjectId::fromText(object.toStdString());
    request.set_object(id && !object.isEmpty() ? id->resourceName() : object.toStdString());
    request.set_classification(std::string(toString(hypothetical)));
    request.set_project(project.toStdString());
    return m_wire->ask<Verdict>(
        &Questions::Judge, std::move(request), m_wire->target.pace.answer, [](const v1::Verdict &reply) { return wire::fromWire(reply); });
}

QFuture<Result<QByteArray>> GrpcLink::consoleOutput(const ObjectId &instance, int maxBytes)
{
    v1::GetConsoleOutputRequest request;
    request.set_name(instance.resourceName());
    request.set_max_bytes(maxBytes);
    return m_wire->ask<QByteArray>(&Questions::GetConsoleOutput, std::move(request), m_wire->target.pace.brief,
        [](const v1::ConsoleOutput &reply) { return Result<QByteArray>(QByteArray::fromStdString(reply.content())); });
}

QFuture<Result<QVector<CapacitySample>>> GrpcLink::capacitySamples(Instant from, Instant to)
{
    const auto way = m_wire->stub();
    if (!way) {
        return refused<QVector<CapacitySample>>(way.error());
    }
    v1::ListCapacitySamplesRequest request;
    *request.mutable_from() = wire::toWire(from);
    *request.mutable_to() = wire::toWire(to);
    return gather<CapacitySample>(*way, &Questions::ListCapacitySamples, std::move(request), 2 * m_wire->target.pace.answer,
        [](const v1::ListCapacitySamplesResponse &reply, QVector<CapacitySample> &items) { return addAll(reply.samples(), items); });
}

QFuture<Result<AuditPage>> GrpcLink::audit(const QString &pageToken, int pageSize, const QString &object)
{
    v1::ListAuditEntriesRequest request;
    request.set_page_token(pageToken.toStdString());
    request.set_page_size(std::clamp(pageSize, 0, wire::maxPage));
    request.set_object(object.toStdString());
    request.set_newest_first(true);
    return m_wire->ask<AuditPage>(
        &Questions::ListAuditEntries, std::move(request), m_wire->target.pace.answer, understood<v1::ListAuditEntriesResponse>);
}

QFuture<Result<AuditVerification>> GrpcLink::verifyAudit()
{
    return m_wire->ask<AuditVerification>(
        &Questions::VerifyAudit, google::protobuf::Empty(), m_wire->target.pace.answer, understood<v1::AuditVerification>);
}

QFuture<Result<Operation>> GrpcLink::importFile(const Import &import, const QString &path)
{
    return m_wire->transfer<Operation>(path, [import](Stub &stub, Transfer &transfer) { return files::import(stub, transfer, import); });
}

QFuture<Result<qint64>> GrpcLink::exportFile(const ObjectId &object, const QString &format, const QString &path)
{
    return m_wire->transfer<qint64>(
        path, [object, format = format.toStdString()](Stub &stub, Transfer &transfer) { return files::exportTo(stub, transfer, object, format); });
}

QFuture<Result<DataObject>> GrpcLink::putObject(const ObjectId &dataSet, const QString &key, const QString &path)
{
    return m_wire->transfer<DataObject>(
        path, [dataSet, key = key.toStdString()](Stub &stub, Transfer &transfer) { return files::put(stub, transfer, dataSet, key); });
}

QFuture<Result<qint64>> GrpcLink::getObject(const ObjectId &dataSet, const QString &key, const QString &path)
{
    return m_wire->transfer<qint64>(
        path, [dataSet, key = key.toStdString()](Stub &stub, Transfer &transfer) { return files::get(stub, transfer, dataSet, key); });
}

}
