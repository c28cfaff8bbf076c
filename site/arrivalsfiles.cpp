// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/arrivalsfiles.h"

#include "site/arrivalsincoming.h"
#include "site/arrivalsrequest.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <google/protobuf/util/delimited_message_util.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace portulan::site {

namespace {
std::string requestFile(const std::string &directory, const std::string &migration)
{
    return directory + '/' + migration + ".request";
}

Result<> syncPath(const std::string &path, int flags)
{
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    const int error = errno;
    if (file >= 0) {
        ::close(file);
    }
    return synced ? Result<>() : refuse(error == ENOSPC ? Reason::DiskFull : Reason::Internal, {{"file", path}}, std::strerror(error));
}

ObjectId idFrom(const nlohmann::json &json)
{
    return json.is_string() ? ObjectId::fromText(json.get<std::string>()).value_or(ObjectId {}) : ObjectId {};
}
}

Result<> keepFile(const std::string &path, const std::function<void(std::ostream &)> &write)
{
    const auto draft = path + ".new";
    {
        std::ofstream file(draft, std::ios::binary | std::ios::trunc);
        write(file);
        file.close();
        if (!file) {
            return refuse(errno == ENOSPC ? Reason::DiskFull : Reason::Internal, {{"file", draft}}, "cannot be written");
        }
    }
    if (auto synced = syncPath(draft, O_WRONLY); !synced) {
        return synced;
    }
    std::error_code error;
    std::filesystem::rename(draft, path, error);
    return error ? refuse(Reason::Internal, {{"file", path}}, error.message())
                 : syncPath(std::filesystem::path(path).parent_path(), O_RDONLY | O_DIRECTORY);
}

Result<> writeRequest(const std::string &directory, const Wanted &wanted)
{
    return keepFile(requestFile(directory, wanted.arrival.migration), [&wanted](std::ostream &stream) {
        for (const auto &request : requestsOf(wanted)) {
            google::protobuf::util::SerializeDelimitedToOstream(request, &stream);
        }
    });
}

Result<Wanted> readRequest(const std::string &directory, const std::string &migration)
{
    const auto path = requestFile(directory, migration);
    std::ifstream stream(path, std::ios::binary);
    google::protobuf::io::IstreamInputStream input(&stream);
    std::optional<Wanted> whole;
    for (bool more = true; more;) {
        v1::ReserveRequest request;
        bool atEnd = false;
        if (!google::protobuf::util::ParseDelimitedFromZeroCopyStream(&request, &input, &atEnd)) {
            return refuse(Reason::Malformed, {{"file", path}, {"expected", "the request of a reservation"}});
        }
        more = request.more();
        auto part = wantedFrom(request);
        if (!part) {
            return unexpected(part.error());
        }
        if (whole) {
            auto &objects = whole->arrival.objects;
            objects.insert(objects.end(), part->arrival.objects.begin(), part->arrival.objects.end());
        } else {
            whole = std::move(*part);
        }
    }
    return *whole;
}

std::string logFile(const std::string &directory, const std::string &migration)
{
    return directory + '/' + migration + ".log";
}

void removeFiles(const std::string &directory, const std::string &migration)
{
    std::error_code gone;
    std::filesystem::remove(logFile(directory, migration), gone);
    std::vector<std::filesystem::path> lots;
    for (const auto &entry : std::filesystem::directory_iterator(directory, gone)) {
        if (entry.path().filename().string().starts_with(migration + ".lot-")) {
            lots.push_back(entry.path());
        }
    }
    std::ranges::for_each(lots, [&gone](const auto &path) { std::filesystem::remove(path, gone); });
    std::filesystem::remove(requestFile(directory, migration), gone);
}

namespace {
nlohmann::json jsonOf(const TakenOver &taken)
{
    const auto &to = taken.to;
    return {{"object", taken.object.id.empty() ? std::string() : taken.object.text()}, {"name", taken.name}, {"project", taken.project},
        {"classification", taken.classification}, {"ordered_by", taken.orderedBy}, {"named", taken.named},
        {"to", {to.site, to.name, to.operatedBy, to.country, to.parentCountry}}, {"verified_ms", taken.verifiedAt.time_since_epoch().count()},
        {"activated_ms", taken.activatedAt.time_since_epoch().count()}};
}

TakenOver takenFrom(const nlohmann::json &json)
{
    const auto &to = json.at("to");
    const auto at = [&json](const char *name) { return Instant(std::chrono::milliseconds(json.at(name).get<std::int64_t>())); };
    return {idFrom(json.at("object")), json.at("name"), json.at("project"), json.at("classification"), json.at("ordered_by"),
        {to.at(0), to.at(1), to.at(2), to.at(3), to.at(4)}, at("verified_ms"), at("activated_ms"), json.at("named")};
}
}

IncomingNotes notesFrom(const std::string &payload)
{
    IncomingNotes notes;
    try {
        const auto json = nlohmann::json::parse(payload);
        notes.source = json.at("source").get<std::string>();
        notes.operation = idFrom(json.at("operation"));
        notes.received.object = idFrom(json.at("object"));
        for (const auto &volume : json.at("volumes")) {
            notes.received.volumes.push_back(idFrom(volume));
        }
        notes.received.prefilled = json.value("prefilled", std::vector<bool>());
        notes.start = json.at("start").get<bool>();
        notes.dropping = json.value("dropping", false);
        notes.whole = json.value("whole", std::string());
        notes.disks = json.value("disks", std::int64_t(0));
        notes.after = {statusFrom(json.value("after_status", std::string())), json.value("after_broken", std::vector<std::string>()),
            json.value("after_rulebook", std::string())};
        notes.memory = json.value("memory", std::string());
        notes.taken = json.contains("taken") ? takenFrom(json.at("taken")) : TakenOver {}; // not in an older journal
    } catch (const nlohmann::json::exception &) {
        return {}; // nobody's: calls about it are NotFound
    }
    return notes;
}

std::string payloadOf(const IncomingNotes &notes)
{
    auto volumes = nlohmann::json::array();
    for (const auto &volume : notes.received.volumes) {
        volumes.push_back(volume.text());
    }
    const auto text = [](const ObjectId &id) { return id.id.empty() ? std::string() : id.text(); };
    return nlohmann::json {{"source", notes.source}, {"operation", text(notes.operation)}, {"object", text(notes.received.object)},
        {"volumes", volumes}, {"prefilled", notes.received.prefilled}, {"start", notes.start}, {"dropping", notes.dropping}, {"whole", notes.whole},
        {"disks", notes.disks}, {"after_status", toString(notes.after.status)}, {"after_broken", notes.after.broken},
        {"after_rulebook", notes.after.rulebook}, {"memory", notes.memory}, {"taken", jsonOf(notes.taken)}}
        .dump();
}

}
