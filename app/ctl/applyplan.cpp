// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/applyplan.h"

#include "models/formats.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace portulan::ctl {

namespace {

constexpr const char *listNames[] = {"projects", "networks", "images", "volumes", "instances", "datasets"};

/// One entry of a list; the first thing wrong with it is kept.
class Entry {
public:
    Entry(const Json &json, std::string where)
        : m_json(json)
        , m_where(std::move(where))
    {
        if (!json.is_object()) {
            complain("", "an object");
        }
    }
    std::string word(const char *key, const std::string &fallback = {})
    {
        const auto at = m_json.find(key);
        if (at != m_json.end() && !at->is_string()) {
            complain(key, "a text");
        }
        return at != m_json.end() && at->is_string() ? at->get<std::string>() : fallback;
    }
    std::int64_t number(const char *key, std::int64_t fallback)
    {
        const auto at = m_json.find(key);
        if (at == m_json.end()) {
            return fallback;
        }
        if (at->is_string()) {
            if (const auto bytes = bytesFrom(QString::fromStdString(at->get<std::string>()), QString()); bytes) {
                return *bytes;
            }
        }
        if (!at->is_number_integer()) {
            complain(key, "a whole number, or a size such as \"10G\"");
            return fallback;
        }
        return at->get<std::int64_t>();
    }
    bool flag(const char *key, bool fallback)
    {
        const auto at = m_json.find(key);
        if (at != m_json.end() && !at->is_boolean()) {
            complain(key, "true or false");
        }
        return at != m_json.end() && at->is_boolean() ? at->get<bool>() : fallback;
    }
    Words words(const char *key)
    {
        Words list;
        for (const auto &item : m_json.value(key, Json::array())) {
            item.is_string() ? list.push_back(item.get<std::string>()) : complain(key, "a list of texts");
        }
        return list;
    }
    std::map<std::string, std::string> labels()
    {
        std::map<std::string, std::string> labels;
        const Json all = m_json.value("labels", Json::object());
        for (const auto &[key, value] : all.items()) {
            value.is_string() ? void(labels.emplace(key, value.get<std::string>())) : complain("labels", "texts");
        }
        return labels;
    }
    Classification classification()
    {
        const auto known = classificationFrom(word("class"));
        if (!known) {
            complain("class", known.error().fact("expected"));
        }
        return known.value_or(Classification::Unclassified);
    }
    Entry below(const char *key) { return {m_json.contains(key) ? m_json[key] : m_nothing, m_where + '.' + key}; }
    const Json &list(const char *key) { return m_json.contains(key) ? m_json[key] : m_none; }
    void complain(const std::string &key, const std::string &expected)
    {
        if (!m_problem) {
            m_problem = Problem {Reason::Malformed, {{"field", m_where + '.' + key}, {"expected", m_where + '.' + key + ": " + expected}}, {}};
        }
    }
    const std::optional<Problem> &problem() const { return m_problem; }

private:
    inline static const Json m_nothing = Json::object();
    inline static const Json m_none = Json::array();
    const Json &m_json;
    std::string m_where;
    std::optional<Problem> m_problem;
};

Project projectOf(Entry &entry, const ObjectId &id)
{
    Project project;
    project.id = id;
    project.project = id.id;
    project.name = entry.word("name", id.id);
    project.tenantType = entry.word("tenant_type");
    project.labels = entry.labels();
    auto quota = entry.below("quota");
    project.quota = {{quota.number("vcpus", -1), quota.number("ram", -1), quota.number("storage", -1)}, quota.number("instances", -1),
        quota.number("volumes", -1)};
    auto policy = entry.below("policy");
    project.policy = {policy.words("allowed_countries"), policy.flag("require_secnumcloud", false), policy.flag("forbid_us_exposure", false),
        int(policy.number("min_seal", 0)), policy.word("gaiax_label", "none")};
    for (const auto *part : {&quota, &policy}) {
        if (part->problem()) {
            entry.complain("quota, policy", part->problem()->fact("expected"));
        }
    }
    return project;
}

std::vector<Wanted::Object> objectsOf(Entry &entry, const QString &folder)
{
    std::vector<Wanted::Object> objects;
    for (const auto &json : entry.list("objects")) {
        Entry object(json, "objects");
        const auto file = object.word("file");
        objects.push_back({object.word("key"), file.empty() ? QString() : QDir(folder).filePath(QString::fromStdString(file)), object.word("text")});
        if (object.problem() || objects.back().key.empty()) {
            entry.complain("objects", "{\"key\", \"file\" or \"text\"}");
        }
    }
    return objects;
}

Wanted wantedOf(Entry &entry, Wanted::Phase phase, const std::string &site, const QString &folder)
{
    static constexpr ObjectKind kinds[]
        = {ObjectKind::Project, ObjectKind::Network, ObjectKind::Image, ObjectKind::Volume, ObjectKind::Instance, ObjectKind::DataSet};
    Wanted wanted;
    wanted.phase = phase;
    wanted.site = site;
    wanted.id = {site, kinds[phase], entry.word("id")};
    if (!isId(wanted.id.id)) {
        entry.complain("id", "1 to 63 of a-z, 0-9, -");
    }
    const auto &id = wanted.id.id;
    const auto name = entry.word("name", id);
    const auto project = entry.word("project");
    switch (phase) {
    case Wanted::Projects:
        wanted.order = CreateProject {projectOf(entry, wanted.id)};
        break;
    case Wanted::Networks:
        wanted.order = CreateNetwork {id, name, project, entry.word("kind", "isolated"), entry.word("cidr")};
        break;
    case Wanted::Images:
        wanted.imageFile = QDir(folder).filePath(QString::fromStdString(entry.word("file")));
        wanted.image = {id, name, project, {}, entry.word("os")};
        wanted.imageFormat = entry.word("format");
        break;
    case Wanted::Volumes:
        wanted.order = CreateVolume {id, name, project, entry.number("size", 0), entry.classification(), entry.word("image"), entry.labels()};
        break;
    case Wanted::Instances:
        wanted.order = CreateInstance {id, name, project, entry.word("flavor"), entry.number("vcpus", 1), entry.number("ram", std::int64_t(1) << 30),
            entry.word("image"), entry.number("disk", 0), entry.classification(), entry.words("networks"), entry.labels(), entry.flag("start", true)};
        break;
    default:
        wanted.order = CreateDataSet {id, name, project, entry.classification(), entry.labels()};
        wanted.objects = objectsOf(entry, folder);
    }
    return wanted;
}

Result<std::vector<std::string>> sitesOf(const Json &json, const std::vector<std::string> &all)
{
    const auto at = json.is_object() ? json.find("site") : json.end();
    if (at == json.end()) {
        return refuse(Reason::Malformed, {{"expected", "\"site\""}});
    }
    if (at->is_string()) {
        return at->get<std::string>() == "*" ? all : std::vector<std::string> {at->get<std::string>()};
    }
    return at->get<std::vector<std::string>>();
}

Result<std::vector<Wanted>> wantedIn(const Json &document, const QString &folder, const std::vector<std::string> &sites)
{
    std::vector<Wanted> all;
    for (int phase = 0; phase < Wanted::phases; ++phase) {
        const auto *list = listNames[phase];
        std::size_t number = 0;
        for (const auto &json : document.value(list, Json::array())) {
            const auto where = std::string(list) + '[' + std::to_string(number++) + ']';
            const auto at = sitesOf(json, sites);
            if (!at) {
                return refuse(Reason::Malformed, {{"expected", where + ": \"site\""}});
            }
            for (const auto &site : *at) {
                Entry entry(json, where);
                if (std::ranges::find(sites, site) == sites.end()) {
                    entry.complain("site", "a site of the federation");
                }
                auto wanted = wantedOf(entry, Wanted::Phase(phase), site, folder);
                if (entry.problem()) {
                    return tl::unexpected(*entry.problem());
                }
                all.push_back(std::move(wanted));
            }
        }
    }
    return all;
}

}

Result<std::vector<Wanted>> readWanted(const QString &path, const std::vector<std::string> &sites)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return refuse(Reason::NotFound, {{"what", "file"}, {"id", path.toStdString()}}, file.errorString().toStdString());
    }
    const auto text = file.readAll();
    auto wanted = Result<std::vector<Wanted>>(refuse(Reason::Malformed, {{"expected", "an object"}}));
    try {
        const auto document = Json::parse(text.begin(), text.end());
        if (document.is_object()) {
            wanted = wantedIn(document, QFileInfo(path).path(), sites);
        }
    } catch (const Json::parse_error &error) {
        const auto line = 1 + text.left(qsizetype(error.byte)).count('\n');
        wanted = refuse(Reason::Malformed, {{"line", std::to_string(line)}, {"expected", "JSON"}}, error.what());
    } catch (const Json::exception &error) {
        wanted = refuse(Reason::Malformed, {{"expected", "lists of objects"}}, error.what());
    }
    if (!wanted) {
        wanted.error().facts.emplace("file", path.toStdString());
    }
    return wanted;
}

}
