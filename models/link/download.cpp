// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/files.h"
#include "proto/wire.h"

#include <QCryptographicHash>
#include <QFile>

#include <filesystem>

namespace portulan::files {

namespace {

/// The file being received: nothing of it stays unless it is whole.
class Part {
public:
    explicit Part(const QString &path)
        : m_path(path)
        , m_file(path + QLatin1String(".part"))
    {
    }
    ~Part()
    {
        if (m_file.isOpen()) {
            m_file.remove();
        }
    }
    Part(const Part &) = delete;
    Part &operator=(const Part &) = delete;

    Result<> open() { return m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered) ? Result<>() : trouble(); }

    Result<> write(const std::string &bytes)
    {
        const auto size = static_cast<qint64>(bytes.size());
        if (m_file.write(bytes.data(), size) != size) {
            return trouble();
        }
        m_hash.addData(QByteArrayView(bytes.data(), size));
        return {};
    }

    Result<> complete(const std::string &digest)
    {
        const auto found = m_hash.result().toHex().toStdString();
        if (digest != found) {
            return refuse(Reason::Integrity, {{"where", m_path.toStdString()}, {"expected", digest}, {"found", found}});
        }
        if (!m_file.flush()) {
            return trouble();
        }
        std::error_code error;
        std::filesystem::rename(native(m_file.fileName()), native(m_path), error); // over what was there, in one step
        if (error) {
            return refuse(Reason::Internal, {{"file", m_path.toStdString()}}, error.message());
        }
        m_file.close();
        return {};
    }

private:
    static std::filesystem::path native(const QString &path) { return QFile::encodeName(path).toStdString(); }

    Result<> trouble() const
    {
        const auto reason = m_file.error() == QFileDevice::ResourceError ? Reason::DiskFull : Reason::Internal;
        return refuse(reason, {{"file", m_path.toStdString()}}, m_file.errorString().toStdString());
    }

    QString m_path;
    QFile m_file;
    QCryptographicHash m_hash {QCryptographicHash::Sha256};
};

Result<qint64> receive(grpc::ClientReaderInterface<v1::ContentChunk> &call, Transfer &transfer)
{
    Part part(transfer.path);
    Result<> going = part.open();
    v1::ContentChunk chunk;
    std::string digest;
    while (going && call.Read(&chunk)) {
        if (chunk.total_bytes() > 0) {
            transfer.total = chunk.total_bytes();
        }
        const auto size = static_cast<qint64>(chunk.content().size());
        if (size > wire::maxChunkBytes || (transfer.total > 0 && transfer.done + size > transfer.total)) {
            going = refuse(
                Reason::TooLarge, {{"what", "file"}, {"limit", std::to_string(transfer.total)}, {"size", std::to_string(transfer.done + size)}});
            break;
        }
        going = part.write(chunk.content());
        transfer.done += size;
        if (!chunk.sha256().empty()) {
            digest = chunk.sha256();
        }
    }
    if (!going) {
        transfer.context.TryCancel();
        call.Finish();
        return unexpected<Problem>(going.error());
    }
    if (const grpc::Status status = call.Finish(); !status.ok()) {
        return unexpected<Problem>(wire::problemFrom(status));
    }
    return part.complete(digest).map([&] { return transfer.done.load(); });
}

}

Result<qint64> exportTo(v1::Gateway::Stub &stub, Transfer &transfer, const ObjectId &object, const std::string &format)
{
    v1::ExportRequest request;
    request.set_name(object.resourceName());
    request.set_format(format);
    const auto call = object.kind == ObjectKind::Image ? stub.ExportImage(&transfer.context, request) : stub.ExportVolume(&transfer.context, request);
    return receive(*call, transfer);
}

Result<qint64> get(v1::Gateway::Stub &stub, Transfer &transfer, const ObjectId &dataSet, const std::string &key)
{
    v1::GetDataObjectRequest request;
    request.set_data_set(dataSet.resourceName());
    request.set_key(key);
    const auto call = stub.GetDataObject(&transfer.context, request);
    return receive(*call, transfer);
}

}
