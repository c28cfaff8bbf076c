// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/vsphere/soap.h"

#include "site/drivers/disk/fd.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <thread>

namespace portulan::site::vsphere {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t fileLimit = 16 << 10;
constexpr auto pageSize = "500";
const Moref serviceInstance {"ServiceInstance", "ServiceInstance"}, sessions {"SessionManager", "SessionManager"};

std::string escapedXml(std::string_view text)
{
    std::string words;
    for (const char c : text) {
        switch (c) {
        case '&':
            words += "&amp;";
            break;
        case '<':
            words += "&lt;";
            break;
        case '>':
            words += "&gt;";
            break;
        case '"':
            words += "&quot;";
            break;
        default:
            words += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
        }
    }
    return words;
}

std::string envelope(const std::string &body)
{
    return R"(<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" )"
           R"(xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><e:Body>)"
        + body + "</e:Body></e:Envelope>";
}

std::string invocation(const std::string &method, const Moref &self, const std::string &parameters)
{
    return '<' + method + R"( xmlns="urn:vim25">)" + element("_this", self) + parameters + "</" + method + '>';
}

/// By its name without the prefix.
pugi::xml_node child(pugi::xml_node parent, std::string_view name)
{
    for (const auto node : parent.children()) {
        const std::string_view full(node.name());
        if (full.substr(full.rfind(':') + 1) == name) {
            return node;
        }
    }
    return {};
}

Moref morefOf(pugi::xml_node node)
{
    return {node.attribute("type").value(), node.text().get()};
}

Reason reasonOf(std::string_view fault)
{
    static const std::map<std::string_view, Reason> reasons {{"InvalidLogin", Reason::Unauthenticated}, {"NotAuthenticated", Reason::Unauthenticated},
        {"NoPermission", Reason::NotAuthorised}, {"ManagedObjectNotFound", Reason::NotFound}, {"NotFound", Reason::NotFound},
        {"DuplicateName", Reason::AlreadyExists}, {"AlreadyExists", Reason::AlreadyExists}, {"InvalidPowerState", Reason::NotReady},
        {"InvalidState", Reason::NotReady}, {"ToolsUnavailable", Reason::Unsupported}, {"NotSupported", Reason::Unsupported},
        {"InsufficientResourcesFault", Reason::NoCapacity}, {"NoDiskSpace", Reason::DiskFull}, {"InvalidArgument", Reason::InvalidArgument},
        {"InvalidName", Reason::InvalidArgument}};
    const auto at = reasons.find(fault);
    return at == reasons.end() ? Reason::Internal : at->second;
}

/// A fault, in the answer to a call or as the end of a task; vCenter names it by the type of its detail.
Problem problemOf(std::string_view kind, std::string_view words)
{
    const std::string name(kind.substr(kind.rfind(':') + 1));
    auto reason = reasonOf(name);
    return {
        reason, {{"what", "vcenter"}, {"cloud", std::string(words).substr(0, 300)}, {"fault", name}}, "vCenter: " + name + ": " + std::string(words)};
}

std::string pathsOf(const std::string &type, const std::vector<std::string> &paths)
{
    std::string xml = "<propSet>" + element("type", type);
    for (const auto &path : paths) {
        xml += element("pathSet", path);
    }
    return xml + "</propSet>";
}

void tell(pugi::xml_node answer, const Soap::Take &take)
{
    for (const auto object : answer.children("objects")) {
        Soap::Properties properties;
        for (const auto property : object.children("propSet")) {
            properties.emplace(property.child_value("name"), property.child("val"));
        }
        take(morefOf(object.child("obj")), properties);
    }
}

}

std::string kindOf(pugi::xml_node element)
{
    for (const auto attribute : element.attributes()) {
        if (const std::string_view name(attribute.name()); name.ends_with(":type")) { // whatever stands for the schema's namespace
            const std::string_view kind(attribute.value());
            return std::string(kind.substr(kind.rfind(':') + 1)); // npos + 1: all of it
        }
    }
    return {};
}

std::string element(const std::string &name, std::string_view text)
{
    return '<' + name + '>' + escapedXml(text) + "</" + name + '>';
}

std::string element(const std::string &name, const Moref &object)
{
    return '<' + name + " type=\"" + escapedXml(object.type) + "\">" + escapedXml(object.id) + "</" + name + '>';
}

Soap::Soap(Settings settings)
    : m_settings(std::move(settings))
    , m_http({m_settings.caFile})
{
}

Result<HttpAnswer> Soap::post(const std::string &body, const std::string &cookie)
{
    HttpRequest request {"POST", m_settings.url};
    request.headers = {{"Content-Type", "text/xml; charset=utf-8"}, {"SOAPAction", "\"urn:vim25/6.5\""}};
    if (!cookie.empty()) {
        request.headers.emplace_back("Cookie", cookie);
    }
    request.body = envelope(body);
    return m_http.send(request);
}

Result<Soap::Answer> Soap::ask(const std::string &body, const std::string &cookie, std::string *newCookie)
{
    const auto answer = post(body, cookie);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (answer->status != 200 && answer->status != 500) { // a fault comes with 500
        return refuse(answer->status == 401 ? Reason::Unauthenticated : Reason::Unreachable,
            {{"what", "vcenter"}, {"status", std::to_string(answer->status)}}, "vCenter answers " + std::to_string(answer->status));
    }
    auto document = std::make_shared<pugi::xml_document>(); // without DTDs: no entity is expanded but XML's own
    const bool isXml = document->load_buffer(answer->body.data(), answer->body.size());
    const auto content = child(child(*document, "Envelope"), "Body").first_child();
    if (!isXml || !content) {
        return refuse(Reason::Malformed, {{"file", "vcenter"}, {"expected", "a SOAP envelope"}});
    }
    if (std::string_view(content.name()).ends_with("Fault")) {
        const auto detail = content.child("detail").first_child();
        const auto type = kindOf(detail);
        std::string_view name = detail.name();
        name = name.ends_with("Fault") ? name.substr(0, name.size() - 5) : name;
        return tl::unexpected(problemOf(type.empty() ? std::string(name) : type, content.child_value("faultstring")));
    }
    if (newCookie) {
        const auto &set = answer->header("set-cookie");
        *newCookie = set.substr(0, set.find(';'));
    }
    return document;
}

Result<Soap::LoginPtr> Soap::login(const LoginPtr &refused)
{
    const std::lock_guard lock(m_mutex);
    if (m_login && m_login != refused) {
        return m_login;
    }
    return logIn().map([&](LoginPtr fresh) { return m_login = std::move(fresh); });
}

Result<Soap::LoginPtr> Soap::logIn()
{
    const auto file = openFile(m_settings.credentials, O_RDONLY);
    struct stat about { };
    if (!file || ::fstat(file->get(), &about) != 0 || (about.st_mode & 077) != 0) {
        return file ? Result<LoginPtr>(refuse(Reason::Untrusted, {{"what", m_settings.credentials}}, "others may read the credentials: chmod 600"))
                    : tl::unexpected(file.error());
    }
    const auto text = readText(m_settings.credentials, fileLimit);
    const auto json = nlohmann::json::parse(text.value_or(std::string()), nullptr, false);
    const auto read = [&](const char *key) {
        return json.is_object() && json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
    };
    if (read("user").empty()) {
        return refuse(Reason::Malformed, {{"file", m_settings.credentials}, {"expected", "user and password"}});
    }
    const auto content = ask(invocation("RetrieveServiceContent", serviceInstance, {}), {});
    if (!content) {
        return tl::unexpected(content.error());
    }
    const auto returned = child(child(**content, "Envelope"), "Body").first_child().child("returnval");
    Login login;
    login.about = returned.child("about").child_value("fullName");
    login.collector = morefOf(returned.child("propertyCollector"));
    login.views = morefOf(returned.child("viewManager"));
    login.folder = morefOf(returned.child("rootFolder"));
    const auto manager = returned.child("sessionManager") ? morefOf(returned.child("sessionManager")) : sessions;
    const auto in = ask(invocation("Login", manager, element("userName", read("user")) + element("password", read("password"))), {}, &login.cookie);
    return in ? Result<LoginPtr>(std::make_shared<const Login>(std::move(login))) : tl::unexpected(in.error());
}

Result<Soap::Answer> Soap::call(const std::string &method, const Moref &self, const std::string &parameters)
{
    LoginPtr refused;
    for (;;) {
        const auto login = this->login(refused);
        if (!login) {
            return tl::unexpected(login.error());
        }
        auto answer = ask(invocation(method, self, parameters), (*login)->cookie);
        if (!answer && answer.error().fact("fault") == "NotAuthenticated" && !refused) { // the session has ended
            refused = *login;
            continue;
        }
        return answer;
    }
}

Result<std::string> Soap::perform(const std::string &method, const Moref &self, const std::string &parameters, std::chrono::seconds patience)
{
    const auto begun = call(method, self, parameters);
    if (!begun) {
        return tl::unexpected(begun.error());
    }
    const auto task = morefOf(child(child(**begun, "Envelope"), "Body").first_child().child("returnval"));
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (auto pause = 50ms;; pause = std::min(pause * 2, 2000ms)) {
        std::string state, result;
        std::optional<Problem> problem;
        auto seen = one(task, {"info.state", "info.result", "info.error"}, [&](const Moref &, const Properties &about) {
            const auto text = [&](const char *path) { return about.contains(path) ? about.at(path).text().get() : ""; };
            state = text("info.state");
            result = text("info.result");
            if (const auto at = about.find("info.error"); at != about.end()) {
                problem = problemOf(kindOf(at->second.child("fault")), at->second.child_value("localizedMessage"));
            }
        });
        if (!seen) {
            return tl::unexpected(seen.error());
        }
        if (state == "success") {
            return result;
        }
        if (state == "error") {
            return tl::unexpected(problem.value_or(Problem {Reason::Internal, {}, method}));
        }
        if (std::chrono::steady_clock::now() > deadline) {
            return refuse(Reason::TimedOut, {{"what", method}});
        }
        std::this_thread::sleep_for(pause);
    }
}

Result<> Soap::each(const std::map<std::string, std::vector<std::string>> &wanted, const Take &take)
{
    const auto login = this->login();
    if (!login) {
        return tl::unexpected(login.error());
    }
    std::string types, sets;
    for (const auto &[type, paths] : wanted) {
        types += element("type", type);
        sets += pathsOf(type, paths);
    }
    const auto made = call("CreateContainerView", (*login)->views, element("container", (*login)->folder) + types + "<recursive>true</recursive>");
    if (!made) {
        return tl::unexpected(made.error());
    }
    const auto view = morefOf(child(child(**made, "Envelope"), "Body").first_child().child("returnval"));
    const std::string way
        = R"(<selectSet xsi:type="TraversalSpec"><name>v</name><type>ContainerView</type><path>view</path><skip>false</skip></selectSet>)";
    const auto spec = "<specSet>" + sets + "<objectSet>" + element("obj", view) + "<skip>true</skip>" + way + "</objectSet></specSet><options>"
        + element("maxObjects", pageSize) + "</options>";
    auto answer = call("RetrievePropertiesEx", (*login)->collector, spec);
    std::string token;
    while (answer) {
        const auto page = child(child(**answer, "Envelope"), "Body").first_child().child("returnval");
        tell(page, take);
        const std::string next = page.child_value("token");
        if (next.empty()) {
            break;
        }
        answer = next == token ? Result<Answer>(refuse(Reason::Malformed, {{"file", "vcenter"}, {"expected", "pages that come to an end"}}))
                               : call("ContinueRetrievePropertiesEx", (*login)->collector, element("token", next));
        token = next;
    }
    (void)call("DestroyView", view, {});
    return answer ? Result<>() : tl::unexpected(answer.error());
}

Result<> Soap::one(const Moref &object, const std::vector<std::string> &paths, const Take &take)
{
    const auto login = this->login();
    if (!login) {
        return tl::unexpected(login.error());
    }
    const auto spec
        = "<specSet>" + pathsOf(object.type, paths) + "<objectSet>" + element("obj", object) + "<skip>false</skip></objectSet></specSet><options/>";
    const auto answer = call("RetrievePropertiesEx", (*login)->collector, spec);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    bool isThere = false;
    tell(child(child(**answer, "Envelope"), "Body").first_child().child("returnval"), [&](const Moref &found, const Properties &about) {
        isThere = true;
        take(found, about);
    });
    return isThere ? Result<>() : refuse(Reason::NotFound, {{"id", object.id}});
}

/// A host in a lease is told as "*" where it is the one that was asked.
std::string Soap::urlOf(const std::string &url) const
{
    const auto from = url.find("://*");
    const auto begin = m_settings.url.find("://") + 3;
    return from == std::string::npos
        ? url
        : url.substr(0, from + 3) + m_settings.url.substr(begin, m_settings.url.find('/', begin) - begin) + url.substr(from + 4);
}

Result<HttpAnswer> Soap::download(const std::string &url, const Http::Sink &take)
{
    const auto login = this->login();
    if (!login) {
        return tl::unexpected(login.error());
    }
    HttpRequest request {"GET", urlOf(url)};
    request.headers.emplace_back("Cookie", (*login)->cookie);
    auto answer = m_http.download(request, take);
    if (answer && !answer->isGood()) {
        return refuse(
            answer->status == 404 ? Reason::NotFound : Reason::Unreachable, {{"what", "vcenter"}, {"status", std::to_string(answer->status)}});
    }
    return answer;
}

Result<std::string> Soap::version()
{
    return login().map([](const LoginPtr &login) { return login->about; });
}

}
