// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/files.h"
#include "proto/wire.h"

#include <QCryptographicHash>
#include <QFile>
#include <QUuid>

namespace portulan::files {

namespace {

/// A local file read once, in chunks.
class Source {
public:
    static Result<std::unique_ptr<Source>> open(Transfer &transfer)
    {
        auto source = std::unique_ptr<Source>(new Source(transfer));
        if (!source->m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
            return refuse(Reason::NotFound, {{"file", transfer.path.toStdString()}}, source->m_file.errorString().toStdString());
        }
        transfer.total = source->m_file.size();
        return source;
    }

    /// Writes all of it into `call` as messages with `content`; false once the site listens no longer.
    template <typename Message>
    Result<bool> send(grpc::ClientWriterInterface<Message> &call)
    {
        QByteArray buffer(wire::maxChunkBytes, Qt::Uninitialized);
        Message message;
        while (true) {
            const qint64 size = m_file.read(buffer.data(), buffer.size());
            if (size < 0) {
                return refuse(Reason::Internal, {{"file", m_transfer.path.toStdString()}}, m_file.errorString().toStdString());
            }
            if (size == 0) {
                return true;
            }
            m_hash.addData(QByteArrayView(buffer.constData(), size));
            message.set_content(buffer.constData(), static_cast<std::size_t>(size));
            if (!call.Write(message)) {
                return false;
            }
            m_transfer.done += size;
        }
    }
    std::string digest() const { return m_hash.result().toHex().toStdString(); }

private:
    explicit Source(Transfer &transfer)
        : m_transfer(transfer)
        , m_file(transfer.path)
    {
    }
    Transfer &m_transfer;
    QFile m_file;
    QCryptographicHash m_hash {QCryptographicHash::Sha256};
};

std::string newRequestId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

/// Opens the call, sends the file, waits for the answer. A file that cannot be read to its end cancels the call: a broken call leaves
/// nothing at the site.
template <typename Message>
Result<> sendAll(grpc::ClientWriterInterface<Message> &call, const Message &opening, Source &source, Transfer &transfer)
{
    if (call.Write(opening)) {
        const auto sent = source.send(call);
        if (!sent) {
            transfer.context.TryCancel();
            call.Finish();
            return unexpected<Problem>(sent.error());
        }
        call.WritesDone();
    }
    const grpc::Status status = call.Finish();
    return status.ok() ? Result<>() : unexpected<Problem>(wire::problemFrom(status));
}

}

Result<Operation> import(v1::Gateway::Stub &stub, Transfer &transfer, const SiteLink::Import &import)
{
    const auto source = Source::open(transfer);
    if (!source) {
        return unexpected<Problem>(source.error());
    }
    v1::ImportRequest opening;
    auto &open = *opening.mutable_open();
    open.mutable_header()->set_request_id(newRequestId());
    open.set_id(import.id);
    open.set_display_name(import.name);
    open.set_project(import.project);
    open.set_format(import.format);
    open.set_classification(std::string(toString(import.classification)));
    open.set_os(import.os);
    open.set_file_bytes(transfer.total);
    open.set_sha256(import.sha256);
    v1::Operation reply;
    const auto call = import.kind == ObjectKind::Image ? stub.ImportImage(&transfer.context, &reply) : stub.ImportVolume(&transfer.context, &reply);
    const auto sent = sendAll(*call, opening, **source, transfer);
    return sent ? wire::fromWire(reply) : unexpected<Problem>(sent.error());
}

Result<DataObject> put(v1::Gateway::Stub &stub, Transfer &transfer, const ObjectId &dataSet, const std::string &key)
{
    const auto source = Source::open(transfer);
    if (!source) {
        return unexpected<Problem>(source.error());
    }
    v1::PutDataObjectRequest opening;
    auto &open = *opening.mutable_open();
    open.mutable_header()->set_request_id(newRequestId());
    open.set_data_set(dataSet.resourceName());
    open.set_key(key);
    open.set_size(transfer.total);
    v1::DataObject reply;
    const auto call = stub.PutDataObject(&transfer.context, &reply);
    const auto sent = sendAll(*call, opening, **source, transfer);
    auto object = sent ? wire::fromWire(reply) : unexpected<Problem>(sent.error());
    if (object && object->sha256 != (*source)->digest()) {
        return refuse(Reason::Integrity, {{"where", key}, {"expected", (*source)->digest()}, {"found", object->sha256}});
    }
    return object;
}

}
