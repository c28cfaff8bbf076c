// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The watch stream: operations, alerts, and any thing as a change.
#include "proto/wireparts.h"

namespace portulan::wire {

namespace {

constexpr int maxLogLines = 64;
constexpr int maxDigests = 64;

std::string resourceNameOrNone(const ObjectId &id)
{
    const bool whole = !id.site.empty() && (id.kind == ObjectKind::Site || !id.id.empty());
    return whole ? id.resourceName() : std::string();
}

struct WriteThing {
    v1::Change &message;
    void operator()(const Site &thing) const { *message.mutable_site() = toWire(thing); }
    void operator()(const Project &thing) const { *message.mutable_project() = toWire(thing); }
    void operator()(const Instance &thing) const { write(*message.mutable_instance(), thing); }
    void operator()(const Volume &thing) const { write(*message.mutable_volume(), thing); }
    void operator()(const Image &thing) const { *message.mutable_image() = toWire(thing); }
    void operator()(const Snapshot &thing) const { *message.mutable_snapshot() = toWire(thing); }
    void operator()(const DataSet &thing) const { *message.mutable_data_set() = toWire(thing); }
    void operator()(const Network &thing) const { *message.mutable_network() = toWire(thing); }
    void operator()(const SecurityGroup &thing) const { *message.mutable_security_group() = toWire(thing); }
    void operator()(const KubernetesCluster &thing) const { *message.mutable_kubernetes_cluster() = toWire(thing); }
    void operator()(const Operation &thing) const { *message.mutable_operation() = toWire(thing); }
    void operator()(const Alert &thing) const { *message.mutable_alert() = toWire(thing); }
    void operator()(const Vanished &thing) const { message.set_vanished(thing.id.resourceName()); }
    void operator()(const Sampled &thing) const
    {
        message.mutable_sampled()->set_site("sites/" + thing.site);
        *message.mutable_sampled()->mutable_sample() = toWire(thing.sample);
    }
};

template <typename Message>
Result<Thing> asThing(const Message &message)
{
    return fromWire(message).map([](auto &&thing) { return Thing(std::move(thing)); });
}

Result<Thing> readSampled(const v1::Sampled &message)
{
    Reader reader;
    Sampled sampled;
    sampled.site = reader.object("sampled.site", message.site(), {ObjectKind::Site}).site;
    sampled.sample = reader.take(fromWire(message.sample()));
    return reader.done(Thing(std::move(sampled)));
}

Result<Thing> readVanished(const std::string &name)
{
    Reader reader;
    auto id = reader.take(ObjectId::fromResourceName(name));
    return reader.done(Thing(Vanished {std::move(id)}));
}

Result<Thing> readThing(const v1::Change &message)
{
    switch (message.thing_case()) {
    case v1::Change::kSite:
        return asThing(message.site());
    case v1::Change::kProject:
        return asThing(message.project());
    case v1::Change::kInstance:
        return asThing(message.instance());
    case v1::Change::kVolume:
        return asThing(message.volume());
    case v1::Change::kImage:
        return asThing(message.image());
    case v1::Change::kSnapshot:
        return asThing(message.snapshot());
    case v1::Change::kDataSet:
        return asThing(message.data_set());
    case v1::Change::kNetwork:
        return asThing(message.network());
    case v1::Change::kSecurityGroup:
        return asThing(message.security_group());
    case v1::Change::kKubernetesCluster:
        return asThing(message.kubernetes_cluster());
    case v1::Change::kOperation:
        return asThing(message.operation());
    case v1::Change::kAlert:
        return asThing(message.alert());
    case v1::Change::kVanished:
        return readVanished(message.vanished());
    case v1::Change::kSampled:
        return readSampled(message.sampled());
    case v1::Change::THING_NOT_SET:
        break;
    }
    return refuse(Reason::Version, {{"what", "change.thing"}}, "a change of a kind this version does not know");
}

}

namespace {

constexpr int maxPasses = 1000;
constexpr std::size_t maxConsoleBytes = 4096;

void write(v1::Passes &message, const Passes &passes)
{
    for (const auto bytes : passes.bytes) {
        message.add_bytes(bytes);
    }
    message.set_dirty_bytes_per_second(passes.dirtyBytesPerSecond);
    message.set_left_bytes(passes.leftBytes);
    message.set_last_pass_milliseconds(passes.lastPassMs);
    if (isKnown(passes.readySince)) {
        *message.mutable_ready_time() = toWire(passes.readySince);
    }
}

void write(v1::TestBoot &message, const TestBoot &boot)
{
    message.set_state(boot.state);
    if (isKnown(boot.startedAt)) {
        *message.mutable_start_time() = toWire(boot.startedAt);
    }
    if (isKnown(boot.endedAt)) {
        *message.mutable_end_time() = toWire(boot.endedAt);
    }
    message.set_console(note(boot.console, maxConsoleBytes));
    if (boot.problem != Problem {}) {
        wire::write(*message.mutable_problem(), boot.problem);
    }
}

TestBoot read(Reader &reader, const v1::TestBoot &message)
{
    TestBoot boot;
    boot.state = reader.text("test_boot.state", message.state(), 16);
    boot.startedAt = reader.moment("test_boot.start_time", message.has_start_time(), message.start_time());
    boot.endedAt = reader.moment("test_boot.end_time", message.has_end_time(), message.end_time());
    boot.console = reader.text("test_boot.console", message.console(), maxConsoleBytes);
    if (message.has_problem()) {
        boot.problem = fromWire(message.problem());
    }
    return boot;
}

/// How it goes on: why it stands still, how far it is, how fast.
void writeCourse(v1::Operation &message, const Operation &operation)
{
    if (operation.waiting != Problem {}) {
        wire::write(*message.mutable_waiting(), operation.waiting);
    }
    message.set_progress_permille(operation.permille);
    message.set_bytes_per_second(operation.bytesPerSecond);
    message.set_remaining_milliseconds(operation.remainingMs);
    message.set_worked_milliseconds(operation.workedMs);
}

void readCourse(Reader &reader, const v1::Operation &message, Operation &operation)
{
    if (message.has_waiting()) {
        operation.waiting = fromWire(message.waiting());
    }
    operation.permille = std::int32_t(reader.amount("progress_permille", message.progress_permille(), 1000));
    operation.bytesPerSecond = reader.amount("bytes_per_second", message.bytes_per_second());
    operation.remainingMs = reader.amount("remaining_milliseconds", message.remaining_milliseconds());
    operation.workedMs = reader.amount("worked_milliseconds", message.worked_milliseconds());
}

Passes read(Reader &reader, const v1::Passes &message)
{
    Passes passes;
    for (int i = 0; i < std::min(message.bytes_size(), maxPasses); ++i) {
        passes.bytes.push_back(reader.amount("passes.bytes", message.bytes(i)));
    }
    passes.dirtyBytesPerSecond = reader.amount("passes.dirty_bytes_per_second", message.dirty_bytes_per_second());
    passes.leftBytes = reader.amount("passes.left_bytes", message.left_bytes());
    passes.lastPassMs = reader.amount("passes.last_pass_milliseconds", message.last_pass_milliseconds());
    passes.readySince = reader.moment("passes.ready_time", message.has_ready_time(), message.ready_time());
    return passes;
}

}

v1::Operation toWire(const Operation &operation)
{
    v1::Operation message;
    message.set_name(operation.id.resourceName());
    message.set_kind(operation.kind);
    message.set_project(operation.project);
    message.set_object(resourceNameOrNone(operation.object));
    message.set_object_display_name(presentable(operation.objectName));
    message.set_state(std::string(toString(operation.state)));
    message.set_phase(presentable(operation.phase, 64));
    message.set_bytes_done(operation.bytesDone);
    message.set_bytes_total(operation.bytesTotal);
    message.set_bytes_on_wire(operation.bytesOnWire);
    message.set_requested_by(presentable(operation.requestedBy));
    message.set_request_id(operation.requestId);
    message.set_from_site(operation.fromSite);
    message.set_to_site(operation.toSite);
    message.set_migration(operation.migration);
    if (isKnown(operation.startedAt)) {
        *message.mutable_start_time() = toWire(operation.startedAt);
    }
    if (isKnown(operation.changedAt)) {
        *message.mutable_update_time() = toWire(operation.changedAt);
    }
    if (isKnown(operation.endedAt)) {
        *message.mutable_end_time() = toWire(operation.endedAt);
    }
    message.set_cancellable(operation.cancellable);
    if (operation.problem != Problem {}) {
        write(*message.mutable_problem(), operation.problem);
    }
    const auto lines = operation.log.size() > maxLogLines ? operation.log.size() - maxLogLines : 0;
    for (auto line = operation.log.begin() + static_cast<std::ptrdiff_t>(lines); line != operation.log.end(); ++line) {
        message.add_log(note(*line));
    }
    for (const auto &digest : operation.digests) {
        message.add_digests(presentable(digest));
    }
    message.set_mode(operation.mode);
    if (operation.passes != Passes {}) {
        write(*message.mutable_passes(), operation.passes);
    }
    message.set_outage_milliseconds(operation.outageMs);
    if (operation.forecast != Forecast {}) {
        write(*message.mutable_forecast(), operation.forecast);
    }
    if (!operation.testBoot.state.empty()) {
        write(*message.mutable_test_boot(), operation.testBoot);
    }
    writeCourse(message, operation);
    if (!operation.partOf.empty()) {
        message.set_part_of(ObjectId {operation.id.site, ObjectKind::Operation, operation.partOf}.resourceName());
    }
    if (operation.parts.total > 0) {
        write(*message.mutable_parts(), operation.parts);
    }
    return message;
}

Result<Operation> fromWire(const v1::Operation &message)
{
    Reader reader;
    Operation operation;
    operation.id = reader.object("name", message.name(), {ObjectKind::Operation});
    operation.kind = reader.text("kind", message.kind(), 64);
    operation.project = reader.idOrNone("project", message.project());
    operation.object = reader.anyObjectOrNone("object", message.object());
    operation.objectName = reader.displayName("object_display_name", message.object_display_name());
    operation.state = operationStateFrom(reader.text("state", message.state(), 64));
    operation.phase = reader.text("phase", message.phase(), 64);
    operation.bytesDone = reader.amount("bytes_done", message.bytes_done());
    operation.bytesTotal = reader.amount("bytes_total", message.bytes_total());
    operation.bytesOnWire = reader.amount("bytes_on_wire", message.bytes_on_wire());
    operation.requestedBy = reader.text("requested_by", message.requested_by());
    operation.requestId = reader.text("request_id", message.request_id(), 64);
    operation.fromSite = reader.idOrNone("from_site", message.from_site());
    operation.toSite = reader.idOrNone("to_site", message.to_site());
    operation.migration = reader.text("migration", message.migration(), 64);
    operation.startedAt = reader.moment("start_time", message.has_start_time(), message.start_time());
    operation.changedAt = reader.moment("update_time", message.has_update_time(), message.update_time());
    operation.endedAt = reader.moment("end_time", message.has_end_time(), message.end_time());
    operation.cancellable = message.cancellable();
    if (message.has_problem()) {
        operation.problem = fromWire(message.problem());
    }
    operation.log = reader.texts("log", message.log(), maxLogLines, maxNoteBytes);
    operation.digests = reader.texts("digests", message.digests(), maxDigests, maxNameBytes);
    operation.mode = reader.text("mode", message.mode(), 16);
    if (message.has_passes()) {
        operation.passes = read(reader, message.passes());
    }
    operation.outageMs = reader.amount("outage_milliseconds", message.outage_milliseconds());
    if (message.has_forecast()) {
        operation.forecast = read(reader, message.forecast());
    }
    if (message.has_test_boot()) {
        operation.testBoot = read(reader, message.test_boot());
    }
    readCourse(reader, message, operation);
    if (!message.part_of().empty()) {
        operation.partOf = reader.object("part_of", message.part_of(), {ObjectKind::Operation}, operation.id.site).id;
    }
    if (message.has_parts()) {
        operation.parts = read(reader, message.parts());
    }
    return reader.done(std::move(operation));
}

v1::Alert toWire(const Alert &alert)
{
    v1::Alert message;
    write(*message.mutable_common(), alert);
    message.set_severity(std::string(toString(alert.severity)));
    write(*message.mutable_problem(), alert.problem);
    message.set_object(resourceNameOrNone(ObjectId::fromText(alert.object).value_or(ObjectId {})));
    if (isKnown(alert.since)) {
        *message.mutable_since() = toWire(alert.since);
    }
    return message;
}

Result<Alert> fromWire(const v1::Alert &message)
{
    Reader reader;
    Alert alert;
    read(reader, message.common(), ObjectKind::Alert, alert);
    alert.severity = alertSeverityFrom(reader.text("severity", message.severity(), 64));
    alert.problem = fromWire(message.problem());
    const ObjectId about = reader.anyObjectOrNone("object", message.object());
    alert.object = about == ObjectId {} ? std::string() : about.text();
    alert.since = reader.moment("since", message.has_since(), message.since());
    return reader.done(std::move(alert));
}

void write(v1::Change &message, const Change &change)
{
    message.set_revision(change.revision);
    std::visit(WriteThing {message}, change.thing);
}

v1::Change toWire(const Change &change)
{
    v1::Change message;
    write(message, change);
    return message;
}

Result<Change> fromWire(const v1::Change &message)
{
    return readThing(message).map([&](Thing thing) { return Change {message.revision(), std::move(thing)}; });
}

}
