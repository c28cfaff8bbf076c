// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/config.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace portulan::site {

namespace {

using Json = nlohmann::json;

/// What is wrong with the file; caught before it leaves this one.
struct Complaint {
    std::string field;
    std::string expected;
};

constexpr std::size_t mostCertificates = 256;
constexpr std::size_t mostHolders = 256;
constexpr std::size_t mostFacts = 512;

/// Reads one JSON object; a key nobody asked for is a mistake.
class Fields {
public:
    Fields(const Json &json, std::string path)
        : m_json(json)
        , m_path(std::move(path))
    {
        if (!json.is_object()) {
            throw Complaint {m_path.empty() ? "the file" : m_path, "an object"};
        }
    }
    std::string at(const std::string &key) const { return m_path.empty() ? key : m_path + '.' + key; }
    const Json *find(const std::string &key)
    {
        m_asked.insert(key);
        const auto found = m_json.find(key);
        return found == m_json.end() || found->is_null() ? nullptr : &*found;
    }
    std::string text(const std::string &key, bool demanded = false)
    {
        const Json *value = find(key);
        if (value ? !value->is_string() : demanded) {
            throw Complaint {at(key), "a text"};
        }
        auto read = value ? value->get<std::string>() : std::string();
        if (read.size() > 1024 || (demanded && read.empty())) {
            throw Complaint {at(key), "1 to 1024 bytes"};
        }
        return read;
    }
    std::string country(const std::string &key, bool demanded = false)
    {
        auto code = text(key, demanded);
        const bool good = code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
        if (!code.empty() && !good) {
            throw Complaint {at(key), "an ISO 3166-1 code of two capitals"};
        }
        return code;
    }
    double number(const std::string &key, double least, double most, bool demanded = false)
    {
        const Json *value = find(key);
        if (!value && !demanded) {
            return 0;
        }
        if (!value || !value->is_number() || !(value->get<double>() >= least && value->get<double>() <= most)) {
            std::ostringstream expected;
            expected << "a number from " << least << " to " << most;
            throw Complaint {at(key), expected.str()};
        }
        return value->get<double>();
    }
    std::int64_t count(const std::string &key)
    {
        const Json *value = find(key);
        if (value && (!value->is_number_integer() || value->get<double>() < 0 || value->get<double>() > 1e18)) {
            throw Complaint {at(key), "a whole number, 0 or more"};
        }
        return value ? value->get<std::int64_t>() : 0;
    }
    bool truth(const std::string &key)
    {
        const Json *value = find(key);
        if (value && !value->is_boolean()) {
            throw Complaint {at(key), "true or false"};
        }
        return value && value->get<bool>();
    }
    Date date(const std::string &key, bool demanded = false)
    {
        const auto written = text(key, demanded);
        if (written.empty()) {
            return {};
        }
        const auto day = dateFrom(written);
        if (!day) {
            throw Complaint {at(key), "a date like 2026-11-22"};
        }
        return *day;
    }
    template <typename Read>
    void each(const std::string &key, std::size_t most, const Read &read)
    {
        const Json *list = find(key);
        if (!list) {
            return;
        }
        if (!list->is_array() || list->size() > most) {
            throw Complaint {at(key), "a list of at most " + std::to_string(most)};
        }
        for (std::size_t i = 0; i < list->size(); ++i) {
            Fields one((*list)[i], at(key) + '[' + std::to_string(i) + ']');
            read(one);
            one.end();
        }
    }
    void end() const
    {
        for (const auto &[key, value] : m_json.items()) {
            if (!m_asked.contains(key)) {
                std::string known;
                for (const auto &name : m_asked) {
                    known += (known.empty() ? "" : ", ") + name;
                }
                throw Complaint {at(key), "one of " + known};
            }
        }
    }

private:
    const Json &m_json;
    std::string m_path;
    std::set<std::string> m_asked;
};

Place readPlace(Fields place)
{
    Place read {place.number("latitude", -90, 90, true), place.number("longitude", -180, 180, true), place.country("country", true),
        place.text("subdivision"), place.text("city")};
    place.end();
    return read;
}

Operator readOperator(Fields fields)
{
    Operator read;
    read.id = fields.text("id", true);
    read.name = fields.text("name", true);
    read.country = fields.country("country");
    read.ultimateParent = fields.text("ultimate_parent");
    read.ultimateParentCountry = fields.country("ultimate_parent_country");
    read.fictitious = fields.truth("fictitious");
    fields.each("holders", mostHolders, [&](Fields &holder) {
        read.holders.push_back({holder.text("name", true), holder.country("country"), holder.number("capital_percent", 0, 100),
            holder.number("votes_percent", 0, 100), holder.truth("veto"), holder.truth("board_majority")});
    });
    fields.end();
    return read;
}

Certificate readCertificate(Fields &fields)
{
    Certificate read {fields.text("scheme", true), fields.text("level"), fields.text("issuer"), fields.text("number"),
        fields.date("valid_from", true), fields.date("valid_until", true), CertificateStatus::Unverified};
    const auto status = fields.text("status");
    read.status = certificateStatusFrom(status);
    if (!status.empty() && toString(read.status) != status) {
        throw Complaint {fields.at("status"), "confirmed, declared, unverified or revoked"};
    }
    return read;
}

Value readValue(const Json &value, const std::string &path)
{
    if (value.is_boolean()) {
        return value.get<bool>();
    }
    if (value.is_number()) {
        return value.get<double>();
    }
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_array() && std::ranges::all_of(value, [](const Json &word) { return word.is_string(); })) {
        return value.get<Words>();
    }
    throw Complaint {path, "true, false, a number, a text or a list of texts"};
}

FactSet readFacts(const Json &json)
{
    if (!json.is_object() || json.size() > mostFacts) {
        throw Complaint {"facts", "an object of at most " + std::to_string(mostFacts) + " facts"};
    }
    FactSet facts;
    for (const auto &[name, body] : json.items()) {
        const std::string path = "facts." + name;
        if (!name.starts_with("site.") && !name.starts_with("provider.")) {
            throw Complaint {path, "a name beginning with site. or provider."};
        }
        Fields fields(body, path);
        const Json *value = fields.find("value");
        if (!value) {
            throw Complaint {path + ".value", "a value: what is not known is left out"};
        }
        Fact fact {readValue(*value, path + ".value"), fields.text("source", true), fields.date("as_of", true), Assurance::Declared};
        const auto assurance = fields.text("assurance");
        fact.assurance = assuranceFrom(assurance);
        if (!assurance.empty() && toString(fact.assurance) != assurance) {
            throw Complaint {path + ".assurance", "declared, attested or measured"};
        }
        fields.end();
        facts.emplace(name, std::move(fact));
    }
    return facts;
}

Site readSite(const Json &json, const std::string &siteId)
{
    static const Json none = Json::object();
    Fields fields(json, {});
    const auto part = [&](const char *key) -> const Json & {
        const Json *found = fields.find(key);
        return found ? *found : none;
    };
    Site site;
    site.id = siteId;
    site.name = fields.text("name", true);
    if (!checkDisplayName("name", site.name)) {
        throw Complaint {"name", "1 to 255 bytes without control characters"};
    }
    site.place = readPlace({part("place"), "place"});
    const auto kind = siteKindFrom(fields.text("kind", true));
    if (!kind) {
        throw Complaint {"kind", kind.error().fact("expected")};
    }
    site.kind = *kind;
    site.slaClass = fields.text("sla_class");
    site.demonstration = fields.truth("demonstration");
    site.operatedBy = readOperator({part("operator"), "operator"});
    fields.each("certificates", mostCertificates, [&](Fields &certificate) { site.certificates.push_back(readCertificate(certificate)); });
    site.facts = readFacts(part("facts"));
    Fields capacity(part("capacity"), "capacity");
    site.capacity.declared = {capacity.count("vcpus"), capacity.count("ram_bytes"), capacity.count("storage_bytes")};
    capacity.end();
    fields.end();
    return site;
}

}

Result<Site> readIdentity(const std::string &path, const std::string &siteId)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return refuse(Reason::NotFound, {{"file", path}});
    }
    const std::string text {std::istreambuf_iterator<char>(file), {}};
    try {
        return readSite(Json::parse(text), siteId);
    } catch (const Json::parse_error &error) {
        const auto upTo = std::min(error.byte, text.size());
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(upTo), '\n');
        return refuse(Reason::Malformed, {{"file", path}, {"line", std::to_string(line)}, {"expected", "JSON"}}, error.what());
    } catch (const Complaint &complaint) {
        return refuse(Reason::Malformed, {{"file", path}, {"field", complaint.field}, {"expected", complaint.expected}});
    } catch (const Json::exception &error) {
        return refuse(Reason::Malformed, {{"file", path}, {"expected", "a site's description"}}, error.what());
    }
}

}
