// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Files in and out. The messages are few and belong to no order, so they are read here.
#include "site/gateway.h"

#include "proto/wirereader.h"
#include "site/intake.h"
#include "site/outlet.h"
#include "site/paging.h"

namespace portulan::site {

namespace {

constexpr std::size_t maxKeyBytes = 1024;

Result<ImportSpec> specOf(const v1::ImportRequest::Open &open, ObjectKind kind)
{
    wire::Reader reader;
    ImportSpec spec;
    spec.kind = kind;
    spec.id = reader.idOrNone("id", open.id());
    spec.name = reader.displayName("display_name", open.display_name().empty() ? open.id() : open.display_name());
    spec.project = reader.id("project", open.project());
    spec.format = reader.text("format", open.format(), 16);
    spec.classification = reader.take(classificationFrom(open.classification()));
    spec.os = reader.text("os", open.os());
    spec.fileBytes = reader.amount("file_bytes", open.file_bytes());
    spec.sha256 = reader.digest("sha256", open.sha256());
    spec.labels = reader.labels("labels", open.labels());
    if (spec.name.empty()) {
        reader.refuseField("display_name", "1 to 255 bytes, or an id");
    }
    return reader.done(std::move(spec));
}

struct PutSpec {
    ObjectId dataSet;
    DataObject object;
};

Result<PutSpec> specOf(const v1::PutDataObjectRequest::Open &open, const std::string &site)
{
    wire::Reader reader;
    PutSpec spec;
    spec.dataSet = reader.object("data_set", open.data_set(), {ObjectKind::DataSet}, site);
    spec.object.key = reader.text("key", open.key(), maxKeyBytes);
    spec.object.sha256 = reader.digest("sha256", open.sha256());
    spec.object.size = reader.amount("size", open.size());
    if (spec.object.key.empty()) {
        reader.refuseField("key", "1 to 1024 bytes");
    }
    return reader.done(std::move(spec));
}

}

grpc::ServerReadReactor<v1::ImportRequest> *Gateway::takeIn(Call *call, v1::Operation *response, ObjectKind kind)
{
    using Import = Intake<v1::ImportRequest, v1::Operation>;
    Import::Work work;
    work.open = [this, kind](const std::string &who, const v1::ImportRequest::Open &open) -> Result<Depot::Opened> {
        const auto header = wire::fromWire(open.header());
        const auto spec = specOf(open, kind);
        if (!header || !spec) {
            return tl::unexpected(!header ? header.error() : spec.error());
        }
        return m_depot.openImport(who, *header, *spec);
    };
    work.answer = [](const Delivery *, const std::optional<Operation> &operation) { return wire::toWire(operation.value_or(Operation {})); };
    return new Import(call, response, m_calls, m_porters, std::move(work)); // gRPC's to keep
}

grpc::ServerReadReactor<v1::ImportRequest> *Gateway::ImportVolume(Call *call, v1::Operation *response)
{
    return takeIn(call, response, ObjectKind::Volume);
}

grpc::ServerReadReactor<v1::ImportRequest> *Gateway::ImportImage(Call *call, v1::Operation *response)
{
    return takeIn(call, response, ObjectKind::Image);
}

grpc::ServerWriteReactor<v1::ContentChunk> *Gateway::handOut(Call *call, const v1::ExportRequest *request, ObjectKind kind)
{
    return new Outlet(
        call, m_calls, m_porters, [this, kind, asked = *request](const std::string &who, Progress &progress) -> Result<std::unique_ptr<Download>> {
            wire::Reader reader;
            const ObjectId object = reader.object("name", asked.name(), {kind}, site());
            const std::string format = reader.text("format", asked.format(), 16);
            if (const auto good = reader.done(true); !good) {
                return tl::unexpected(good.error());
            }
            return m_depot.openExport(who, object, format.empty() ? "qcow2" : format, progress);
        });
}

grpc::ServerWriteReactor<v1::ContentChunk> *Gateway::ExportVolume(Call *call, const v1::ExportRequest *request)
{
    return handOut(call, request, ObjectKind::Volume);
}

grpc::ServerWriteReactor<v1::ContentChunk> *Gateway::ExportImage(Call *call, const v1::ExportRequest *request)
{
    return handOut(call, request, ObjectKind::Image);
}

grpc::ServerReadReactor<v1::PutDataObjectRequest> *Gateway::PutDataObject(Call *call, v1::DataObject *response)
{
    using Put = Intake<v1::PutDataObjectRequest, v1::DataObject>;
    Put::Work work;
    const auto key = std::make_shared<std::string>();
    work.open = [this, key](const std::string &who, const v1::PutDataObjectRequest::Open &open) -> Result<Depot::Opened> {
        const auto header = wire::fromWire(open.header());
        const auto spec = specOf(open, site());
        if (!header || !spec) {
            return tl::unexpected(!header ? header.error() : spec.error());
        }
        *key = spec->object.key;
        return m_depot.openPut(who, header->requestId, spec->object, spec->dataSet).map([](std::unique_ptr<Delivery> delivery) {
            return Depot::Opened {std::move(delivery), std::nullopt};
        });
    };
    work.answer = [this, key](const Delivery *delivery, const std::optional<Operation> &) {
        return wire::toWire(DataObject {*key, delivery->bytes(), delivery->sha256(), m_context.clock()});
    };
    return new Put(call, response, m_calls, m_porters, std::move(work)); // gRPC's to keep
}

grpc::ServerWriteReactor<v1::ContentChunk> *Gateway::GetDataObject(Call *call, const v1::GetDataObjectRequest *request)
{
    return new Outlet(call, m_calls, m_porters, [this, asked = *request](const std::string &who, Progress &) -> Result<std::unique_ptr<Download>> {
        wire::Reader reader;
        const ObjectId dataSet = reader.object("data_set", asked.data_set(), {ObjectKind::DataSet}, site());
        const std::string key = reader.text("key", asked.key(), maxKeyBytes);
        if (const auto good = reader.done(true); !good) {
            return tl::unexpected(good.error());
        }
        return m_depot.openGet(who, dataSet, key);
    });
}

Gateway::Reactor *Gateway::ListDataObjects(Call *call, const v1::ListDataObjectsRequest *request, v1::ListDataObjectsResponse *response)
{
    return m_calls.serve<v1::ListDataObjectsResponse>(
        call, response, [this, asked = *request](const std::string &who) -> Result<v1::ListDataObjectsResponse> {
            const auto dataSet = permitted(who, "read", asked.data_set());
            if (!dataSet) {
                return tl::unexpected(dataSet.error());
            }
            const std::string question = asked.data_set() + '\n' + asked.prefix();
            const auto page = pageOf(asked.page_size(), asked.page_token(), question);
            if (!page) {
                return tl::unexpected(page.error());
            }
            v1::ListDataObjectsResponse answer;
            std::string after = page->after;
            for (bool more = true; more && answer.objects_size() < static_cast<int>(page->size);) {
                const auto objects = m_context.driver.dataObjects(*dataSet, after, page->size);
                if (!objects) {
                    return tl::unexpected(objects.error());
                }
                more = objects->size() == page->size;
                for (const auto &object : *objects) {
                    if (answer.objects_size() == static_cast<int>(page->size)) {
                        more = true;
                        break;
                    }
                    after = object.key;
                    if (object.key.starts_with(asked.prefix())) {
                        *answer.add_objects() = wire::toWire(object);
                    }
                }
                if (more && answer.objects_size() == static_cast<int>(page->size)) {
                    answer.set_next_page_token(tokenAfter(after, question));
                }
            }
            return answer;
        });
}

}
