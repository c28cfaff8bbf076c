// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/rulebook.h"

#include <fstream>
#include <sstream>

namespace portulan::test {

inline std::string readText(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
inline std::string shippedRules()
{
    return readText(PORTULAN_SOURCE_DIR "/resources/rules/sovereignty.json");
}
inline Date day(std::string_view text)
{
    return dateFrom(text).value();
}

/// A site and a subject made of words: "dataset.class=personal site.country=FR cert=HDS/2.0/declared".
struct Scene {
    Subject subject;
    Site site;

    explicit Scene(const std::string &text)
    {
        site.id = "lyon";
        std::istringstream words(text);
        for (std::string word; words >> word;) {
            const auto equals = word.find('=');
            state(word.substr(0, equals), equals == word.npos ? std::string() : word.substr(equals + 1));
        }
    }

private:
    static Words split(const std::string &text, char separator)
    {
        Words parts;
        std::istringstream stream(text);
        for (std::string part; std::getline(stream, part, separator);) {
            parts.push_back(part);
        }
        return parts;
    }
    static Value valueOf(const std::string &name, const std::string &text)
    {
        if (name.ends_with("_countries") || name.ends_with("_languages")) {
            return split(text, ',');
        }
        if (text == "true" || text == "false") {
            return text == "true";
        }
        const bool number = !text.empty() && text.find_first_not_of("0123456789.") == text.npos && name.find("number") == name.npos;
        return number ? Value(std::stod(text)) : Value(text);
    }
    void certify(const std::string &text)
    {
        const Words parts = split(text, '/');
        Certificate certificate;
        certificate.scheme = parts.at(0);
        certificate.level = parts.size() > 1 ? parts[1] : "";
        certificate.status = certificateStatusFrom(parts.size() > 2 ? parts[2] : "confirmed");
        certificate.number = "42";
        certificate.issuer = "Certifieur";
        certificate.validFrom = day("2025-01-01");
        certificate.validUntil = day("2027-12-31");
        site.certificates.push_back(certificate);
    }
    void state(const std::string &name, const std::string &text)
    {
        ProjectPolicy &policy = subject.policy;
        if (name == "cert") {
            certify(text);
        } else if (name == "dataset.class") {
            subject.classification = classificationFrom(text).value();
        } else if (name == "tenant.type") {
            subject.tenantType = text;
        } else if (name == "policy.allowed_countries") {
            policy.allowedCountries = split(text, ',');
        } else if (name == "policy.require_secnumcloud") {
            policy.requireSecNumCloud = text == "true";
        } else if (name == "policy.forbid_us_exposure") {
            policy.forbidUsExposure = text == "true";
        } else if (name == "policy.min_seal") {
            policy.minSeal = std::stoi(text);
        } else if (name == "policy.gaiax_label") {
            policy.gaiaxLabel = text;
        } else if (name == "site.country") {
            site.place.country = text;
        } else {
            const bool ofSite = name.starts_with("site.") || name.starts_with("provider.");
            (ofSite ? site.facts : subject.facts).emplace(name, Fact {valueOf(name, text), "test", {}, Assurance::Declared});
        }
    }
};

}
