// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/kubernetes/kubeconfig.h"

#include "site/drivers/disk/fd.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <yaml-cpp/yaml.h>

namespace portulan::site::kubernetes {

namespace {

constexpr std::size_t fileLimit = std::size_t(1) << 20;

tl::unexpected<Problem> malformed(const std::string &path, std::string expected)
{
    return refuse(Reason::Malformed, {{"file", path}, {"expected", std::move(expected)}});
}

/// Of a file that only its owner can read.
Result<std::string> secretIn(const std::string &path)
{
    const auto file = openFile(path, O_RDONLY);
    struct stat about { };
    if (!file || ::fstat(file->get(), &about) != 0 || (about.st_mode & 077) != 0) {
        return file ? Result<std::string>(refuse(Reason::Untrusted, {{"what", path}}, "others may read the credentials: chmod 600"))
                    : tl::unexpected(file.error());
    }
    return readText(path, fileLimit);
}

std::string word(const YAML::Node &node, const char *key)
{
    const auto value = node.IsMap() ? node[key] : YAML::Node();
    return value && value.IsScalar() ? value.as<std::string>() : std::string();
}

std::string unBase64(const std::string &text)
{
    std::string plain;
    for (const char c : text) {
        if (c != '\n' && c != '\r' && c != ' ') {
            plain += c;
        }
    }
    std::string bytes(plain.size() / 4 * 3 + 3, '\0');
    const int length = plain.size() % 4 == 0 ? ::EVP_DecodeBlock(reinterpret_cast<unsigned char *>(bytes.data()),
                           reinterpret_cast<const unsigned char *>(plain.data()), static_cast<int>(plain.size()))
                                             : -1;
    const auto padding = plain.ends_with("==") ? 2 : plain.ends_with('=') ? 1 : 0;
    bytes.resize(length < padding ? 0 : static_cast<std::size_t>(length - padding));
    return bytes;
}

/// The entry of this name in a list of {name, KEY}.
Result<YAML::Node> entry(const YAML::Node &root, const char *list, const std::string &name, const char *key)
{
    for (const auto &each : root[list] && root[list].IsSequence() ? root[list] : YAML::Node(YAML::NodeType::Sequence)) {
        if (word(each, "name") == name && each[key] && each[key].IsMap()) {
            return each[key];
        }
    }
    return refuse(Reason::NotFound, {{"id", name}, {"what", list}});
}

/// PEM in the file itself, or in one it names, beside it if need be.
Result<std::string> pem(const std::string &path, const YAML::Node &node, const std::string &key)
{
    if (const auto data = word(node, (key + "-data").c_str()); !data.empty()) {
        auto text = unBase64(data);
        return text.find("-----BEGIN") == std::string::npos ? malformed(path, key + "-data: PEM in base64") : Result<std::string>(std::move(text));
    }
    auto named = word(node, key.c_str());
    if (named.empty()) {
        return std::string();
    }
    named = named.front() == '/' ? named : path.substr(0, path.rfind('/') + 1) + named;
    return key == "client-key" ? secretIn(named) : readText(named, fileLimit);
}

Result<Access> read(const std::string &path, const YAML::Node &root, std::string context)
{
    if (!root.IsMap()) {
        return malformed(path, "a kubeconfig");
    }
    context = context.empty() ? word(root, "current-context") : context;
    const auto chosen = entry(root, "contexts", context, "context");
    const auto cluster = chosen ? entry(root, "clusters", word(*chosen, "cluster"), "cluster") : tl::unexpected(chosen.error());
    const auto user = cluster ? entry(root, "users", word(*chosen, "user"), "user") : tl::unexpected(cluster.error());
    if (!user) {
        return tl::unexpected(user.error());
    }
    for (const auto &[node, key] :
        {std::pair(*user, "exec"), std::pair(*user, "auth-provider"), std::pair(*cluster, "proxy-url"), std::pair(*cluster, "tls-server-name")}) {
        if (node[key]) {
            return refuse(Reason::Unsupported, {{"what", key}}, path);
        }
    }
    if (word(*cluster, "insecure-skip-tls-verify") == "true") {
        return refuse(Reason::Unsupported, {{"what", "insecure-skip-tls-verify"}}, path);
    }
    Access access;
    access.server = word(*cluster, "server");
    access.token = word(*user, "token");
    if (!access.server.starts_with("https://")) {
        return malformed(path, "server: https://…");
    }
    while (access.server.ends_with('/')) {
        access.server.pop_back();
    }
    auto done = pem(path, *cluster, "certificate-authority").map([&](std::string text) { access.authorities = std::move(text); });
    done = done.and_then([&] { return pem(path, *user, "client-certificate"); }).map([&](std::string text) { access.certificate = std::move(text); });
    done = done.and_then([&] { return pem(path, *user, "client-key"); }).map([&](std::string text) { access.key = std::move(text); });
    if (const auto file = word(*user, "tokenFile"); done && !file.empty()) {
        done = secretIn(file).map([&](const std::string &text) { access.token = text.substr(0, text.find_last_not_of(" \r\n") + 1); });
    }
    if (done && access.token.find_first_of("\r\n") != std::string::npos) {
        done = malformed(path, "a token of one line");
    }
    return done.map([&] { return std::move(access); });
}

}

Result<Access> accessFrom(const std::string &path, const std::string &context)
{
    const auto text = secretIn(path);
    if (!text) {
        return tl::unexpected(text.error());
    }
    try {
        return read(path, YAML::Load(*text), context);
    } catch (const YAML::Exception &error) {
        return refuse(Reason::Malformed, {{"file", path}, {"line", std::to_string(error.mark.line + 1)}, {"expected", "YAML"}}, error.msg);
    }
}

}
