// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/opennebula/rpc.h"

#include "site/drivers/disk/fd.h"

#include <algorithm>
#include <fcntl.h>
#include <sstream>
#include <sys/stat.h>

namespace portulan::site::opennebula {

namespace {

constexpr std::size_t fileLimit = 4096, bodyLimit = std::size_t(256) << 20;

Result<std::string> sessionFrom(const std::string &path)
{
    const auto file = openFile(path, O_RDONLY);
    struct stat about { };
    if (!file || ::fstat(file->get(), &about) != 0 || (about.st_mode & 077) != 0) {
        return file ? Result<std::string>(refuse(Reason::Untrusted, {{"what", path}}, "others may read the credentials: chmod 600"))
                    : tl::unexpected(file.error());
    }
    return readText(path, fileLimit).and_then([&](const std::string &text) -> Result<std::string> {
        const auto line = text.substr(0, text.find('\n'));
        return line.find(':') == std::string::npos ? refuse(Reason::Malformed, {{"file", path}, {"expected", "user:password"}})
                                                   : Result<std::string>(line);
    });
}

/// The codes of XML-RPC API, "Error codes".
Reason reasonOf(std::int64_t code)
{
    switch (code) {
    case 0x100:
        return Reason::Unauthenticated;
    case 0x200:
        return Reason::NotAuthorised;
    case 0x400:
        return Reason::NotFound;
    case 0x800:
    case 0x8000:
        return Reason::NotReady;
    case 0x1000:
    case 0x4000:
        return Reason::InvalidArgument;
    default:
        return Reason::Internal;
    }
}

tl::unexpected<Problem> malformed(std::string_view expected)
{
    return refuse(Reason::Malformed, {{"file", "oned"}, {"expected", std::string(expected)}});
}

std::string requestOf(const std::string &method, const std::vector<Rpc::Value> &arguments)
{
    pugi::xml_document document;
    auto call = document.append_child("methodCall");
    call.append_child("methodName").text().set(method.c_str());
    auto parameters = call.append_child("params");
    for (const auto &argument : arguments) {
        auto value = parameters.append_child("param").append_child("value");
        if (const auto *text = std::get_if<std::string>(&argument)) {
            value.append_child("string").text().set(text->c_str());
        } else if (const auto *number = std::get_if<std::int64_t>(&argument)) {
            value.append_child("i4").text().set(std::to_string(*number).c_str());
        } else {
            value.append_child("boolean").text().set(std::get<bool>(argument) ? "1" : "0");
        }
    }
    std::ostringstream text;
    document.save(text, "", pugi::format_raw);
    return text.str();
}

/// A value's text, whatever its type is said to be.
std::string textOf(pugi::xml_node value)
{
    const auto typed = value.first_child();
    return typed.type() == pugi::node_element ? typed.text().get() : value.text().get();
}

}

Rpc::Rpc(Settings settings)
    : m_settings(std::move(settings))
    , m_http({m_settings.caFile, bodyLimit})
{
}

Result<std::string> Rpc::call(const std::string &method, const std::vector<Value> &arguments)
{
    const auto session = sessionFrom(m_settings.credentials);
    if (!session) {
        return tl::unexpected(session.error());
    }
    std::vector<Value> all {*session};
    all.insert(all.end(), arguments.begin(), arguments.end());
    HttpRequest request {"POST", m_settings.url};
    request.headers = {{"Content-Type", "text/xml"}};
    request.body = requestOf("one." + method, all);
    const auto answer = m_http.send(request);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (!answer->isGood()) {
        return refuse(
            Reason::Unreachable, {{"what", "oned"}, {"status", std::to_string(answer->status)}}, "oned answers " + std::to_string(answer->status));
    }
    pugi::xml_document document; // without DTDs: no entity is expanded but XML's own
    if (!document.load_buffer(answer->body.data(), answer->body.size())) {
        return malformed("XML-RPC");
    }
    const auto response = document.child("methodResponse");
    if (const auto fault = response.child("fault")) {
        return refuse(Reason::InvalidArgument, {{"what", "oned"}, {"cloud", textOf(fault.child("value").child("struct").last_child().child("value"))}},
            "a fault");
    }
    std::vector<pugi::xml_node> values;
    for (const auto value : response.child("params").child("param").child("value").child("array").child("data").children("value")) {
        values.push_back(value);
    }
    if (values.size() < 2) {
        return malformed("an array of its success and its answer");
    }
    auto text = textOf(values[1]);
    if (textOf(values[0]) == "1") {
        return text;
    }
    const auto code = values.size() > 2 ? std::atoll(textOf(values[2]).c_str()) : 0;
    return refuse(reasonOf(code), {{"what", "oned"}, {"cloud", text.substr(0, 300)}}, method + ": " + text.substr(0, 300));
}

Result<Rpc::Document> Rpc::read(const std::string &method, const std::vector<Value> &arguments)
{
    return call(method, arguments).and_then([](const std::string &text) -> Result<Document> {
        auto document = std::make_shared<pugi::xml_document>();
        return document->load_buffer(text.data(), text.size()) ? Result<Document>(document) : malformed("XML in an answer");
    });
}

}
