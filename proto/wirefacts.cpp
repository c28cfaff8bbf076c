// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Sites, who runs them, what is said of them and how full they are.
#include "proto/wireparts.h"

#include <algorithm>

namespace portulan::wire {

namespace {

constexpr double anyNumber = std::numeric_limits<double>::max();

void write(v1::Place &message, const Place &place)
{
    message.set_latitude(place.latitude);
    message.set_longitude(place.longitude);
    message.set_country(place.country);
    message.set_subdivision(place.subdivision);
    message.set_city(presentable(place.city));
}

Place read(Reader &reader, const v1::Place &message)
{
    return {reader.number("place.latitude", message.latitude(), -90, 90), reader.number("place.longitude", message.longitude(), -180, 180),
        reader.country("place.country", message.country()), reader.text("place.subdivision", message.subdivision(), 16),
        reader.displayName("place.city", message.city())};
}

void write(v1::Operator &message, const Operator &who)
{
    message.set_id(who.id);
    message.set_name(presentable(who.name));
    message.set_country(who.country);
    message.set_ultimate_parent(presentable(who.ultimateParent));
    message.set_ultimate_parent_country(who.ultimateParentCountry);
    for (const auto &holder : who.holders) {
        auto &out = *message.add_holders();
        out.set_name(presentable(holder.name));
        out.set_country(holder.country);
        out.set_capital_percent(holder.capitalPercent);
        out.set_votes_percent(holder.votesPercent);
        out.set_veto(holder.veto);
        out.set_board_majority(holder.boardMajority);
    }
    message.set_fictitious(who.fictitious);
}

Operator read(Reader &reader, const v1::Operator &message)
{
    Operator who {reader.idOrNone("operator.id", message.id()), reader.displayName("operator.name", message.name()),
        reader.country("operator.country", message.country()), reader.displayName("operator.ultimate_parent", message.ultimate_parent()),
        reader.country("operator.ultimate_parent_country", message.ultimate_parent_country()), {}, message.fictitious()};
    if (reader.fits("operator.holders", message.holders_size(), 256)) {
        for (const auto &holder : message.holders()) {
            who.holders.push_back({reader.displayName("holder.name", holder.name()), reader.country("holder.country", holder.country()),
                reader.number("holder.capital_percent", holder.capital_percent(), 0, 100),
                reader.number("holder.votes_percent", holder.votes_percent(), 0, 100), holder.veto(), holder.board_majority()});
        }
    }
    return who;
}

void write(v1::Certificate &message, const Certificate &certificate)
{
    message.set_scheme(presentable(certificate.scheme));
    message.set_level(presentable(certificate.level));
    message.set_issuer(presentable(certificate.issuer));
    message.set_number(presentable(certificate.number));
    if (certificate.validFrom != Date {}) {
        message.set_valid_from(toIsoDate(certificate.validFrom));
    }
    if (certificate.validUntil != Date {}) {
        message.set_valid_until(toIsoDate(certificate.validUntil));
    }
    message.set_status(std::string(toString(certificate.status)));
}

Certificate read(Reader &reader, const v1::Certificate &message)
{
    return {reader.displayName("certificate.scheme", message.scheme()), reader.displayName("certificate.level", message.level()),
        reader.displayName("certificate.issuer", message.issuer()), reader.displayName("certificate.number", message.number()),
        reader.date("certificate.valid_from", message.valid_from()), reader.date("certificate.valid_until", message.valid_until()),
        certificateStatusFrom(reader.text("certificate.status", message.status(), 64))};
}

void write(v1::Capacity &message, const Capacity &capacity)
{
    wire::write(*message.mutable_declared(), capacity.declared);
    wire::write(*message.mutable_measured(), capacity.measured);
    wire::write(*message.mutable_used(), capacity.used);
}

Capacity read(Reader &reader, const v1::Capacity &message)
{
    return {wire::read(reader, "capacity.declared", message.declared()), wire::read(reader, "capacity.measured", message.measured()),
        wire::read(reader, "capacity.used", message.used())};
}

struct WriteValue {
    v1::Fact &message;
    void operator()(bool truth) const { message.set_truth(truth); }
    void operator()(double number) const { message.set_number(number); }
    void operator()(const std::string &text) const { message.set_text(note(text)); }
    void operator()(const Words &words) const
    {
        auto &list = *message.mutable_words();
        for (const auto &word : words) {
            list.add_word(presentable(word));
        }
    }
};

bool isFactName(std::string_view name)
{
    const auto isAllowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; };
    return !name.empty() && name.size() <= 128 && std::ranges::all_of(name, isAllowed);
}

FactSet readFacts(Reader &reader, const google::protobuf::Map<std::string, v1::Fact> &map)
{
    FactSet facts;
    if (reader.fits("facts", static_cast<std::int64_t>(map.size()), 512)) {
        for (const auto &[name, fact] : map) {
            if (!isFactName(name)) {
                reader.refuseField("facts", "names of 1 to 128 of a-z, 0-9, _ and .", name);
                break;
            }
            facts.emplace(name, wire::read(reader, name, fact));
        }
    }
    return facts;
}

}

void write(v1::Amounts &message, const Amounts &amounts)
{
    message.set_vcpus(amounts.vcpus);
    message.set_ram_bytes(amounts.ramBytes);
    message.set_storage_bytes(amounts.storageBytes);
}

Amounts read(Reader &reader, std::string_view field, const v1::Amounts &message)
{
    return {reader.amount(field, message.vcpus(), maxCpus), reader.amount(field, message.ram_bytes()), reader.amount(field, message.storage_bytes())};
}

void write(v1::Fact &message, const Fact &fact)
{
    std::visit(WriteValue {message}, fact.value);
    message.set_source(note(fact.source));
    if (fact.asOf != Date {}) {
        message.set_as_of(toIsoDate(fact.asOf));
    }
    message.set_assurance(std::string(toString(fact.assurance)));
}

Fact read(Reader &reader, std::string_view field, const v1::Fact &message)
{
    Fact fact;
    switch (message.value_case()) {
    case v1::Fact::kTruth:
        fact.value = message.truth();
        break;
    case v1::Fact::kNumber:
        fact.value = reader.number(field, message.number(), -anyNumber, anyNumber);
        break;
    case v1::Fact::kText:
        fact.value = reader.text(field, message.text(), maxNoteBytes);
        break;
    case v1::Fact::kWords:
        fact.value = reader.texts(field, message.words().word(), 256, maxNameBytes);
        break;
    case v1::Fact::VALUE_NOT_SET:
        reader.refuseField(field, "truth, number, text or words");
        break;
    }
    fact.source = reader.text(field, message.source(), maxNoteBytes);
    fact.asOf = reader.date(field, message.as_of());
    fact.assurance = assuranceFrom(reader.text(field, message.assurance(), 64));
    return fact;
}

google::protobuf::Timestamp toWire(Instant moment)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(moment);
    google::protobuf::Timestamp message;
    message.set_seconds(seconds.time_since_epoch().count());
    message.set_nanos(static_cast<std::int32_t>(std::chrono::nanoseconds(moment - seconds).count()));
    return message;
}

Result<Instant> fromWire(const google::protobuf::Timestamp &message)
{
    constexpr std::int64_t year1 = -62'135'596'800, year9999 = 253'402'300'799; // what google.protobuf.Timestamp allows
    if (message.seconds() < year1 || message.seconds() > year9999 || message.nanos() < 0 || message.nanos() > 999'999'999) {
        return refuse(Reason::InvalidArgument, {{"field", "timestamp"}, {"expected", "years 1 to 9999"}});
    }
    return Instant(std::chrono::seconds(message.seconds()) + std::chrono::milliseconds(message.nanos() / 1'000'000));
}

v1::CapacitySample toWire(const CapacitySample &sample)
{
    v1::CapacitySample message;
    *message.mutable_at() = toWire(sample.at);
    write(*message.mutable_used(), sample.used);
    write(*message.mutable_total(), sample.total);
    return message;
}

Result<CapacitySample> fromWire(const v1::CapacitySample &message)
{
    Reader reader;
    CapacitySample sample;
    sample.at = reader.moment("at", message.has_at(), message.at());
    sample.used = read(reader, "used", message.used());
    sample.total = read(reader, "total", message.total());
    return reader.done(sample);
}

v1::Site toWire(const Site &site)
{
    v1::Site message;
    message.set_name("sites/" + site.id);
    message.set_display_name(presentable(site.name));
    write(*message.mutable_place(), site.place);
    message.set_kind(std::string(toString(site.kind)));
    message.set_stack(std::string(toString(site.stack)));
    message.set_sla_class(presentable(site.slaClass));
    write(*message.mutable_operated_by(), site.operatedBy);
    for (const auto &certificate : site.certificates) {
        write(*message.add_certificates(), certificate);
    }
    for (const auto &[name, fact] : site.facts) {
        write((*message.mutable_facts())[name], fact);
    }
    write(*message.mutable_capacity(), site.capacity);
    message.set_version(presentable(site.version));
    message.set_hypervisor(presentable(site.hypervisor));
    message.set_lifecycle_recorded_only(site.lifecycleRecordedOnly);
    message.set_demonstration(site.demonstration);
    message.set_rulebook_version(presentable(site.rulebookVersion));
    for (const auto &capability : site.capabilities) {
        message.add_capabilities(capability);
    }
    return message;
}

Result<Site> fromWire(const v1::Site &message)
{
    Reader reader;
    Site site;
    site.id = reader.object("name", message.name(), {ObjectKind::Site}).site;
    site.name = reader.displayName("display_name", message.display_name());
    site.place = read(reader, message.place());
    site.kind = reader.take(siteKindFrom(message.kind()));
    site.stack = reader.take(stackFrom(message.stack()));
    site.slaClass = reader.displayName("sla_class", message.sla_class());
    site.operatedBy = read(reader, message.operated_by());
    if (reader.fits("certificates", message.certificates_size(), 256)) {
        for (const auto &certificate : message.certificates()) {
            site.certificates.push_back(read(reader, certificate));
        }
    }
    site.facts = readFacts(reader, message.facts());
    site.capacity = read(reader, message.capacity());
    site.version = reader.displayName("version", message.version());
    site.hypervisor = reader.displayName("hypervisor", message.hypervisor());
    site.lifecycleRecordedOnly = message.lifecycle_recorded_only();
    site.demonstration = message.demonstration();
    site.rulebookVersion = reader.displayName("rulebook_version", message.rulebook_version());
    site.capabilities = reader.texts("capabilities", message.capabilities(), 256, 128);
    return reader.done(std::move(site));
}

}
