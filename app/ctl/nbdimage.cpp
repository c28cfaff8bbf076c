// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/nbdimage.h"

#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtEndian>
#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace portulan::ctl {

namespace {
constexpr int patienceMs = 30'000; ///< for a tool that only has to open a file
constexpr std::uint64_t nbdMagic = 0x4e42444d41474943, optionMagic = 0x49484156454f5054;
constexpr std::uint32_t requestMagic = 0x25609513, replyMagic = 0x67446698;

unexpected<Problem> unreadable(const QString &path, const QByteArray &why)
{
    return refuse(Reason::Malformed, {{"file", path.toStdString()}, {"expected", "a disk image"}}, why.trimmed().left(1000).toStdString());
}

Result<QString> tool(const QString &name)
{
    const auto found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? refuse(Reason::Unsupported, {{"what", name.toStdString()}}, "install qemu-utils to read images that are not raw")
                           : Result<QString>(found);
}

/// What is where: begins of data and their ends, ascending.
Result<std::vector<std::pair<std::uint64_t, std::uint64_t>>> mapOf(const QString &path, const QString &format)
{
    const auto qemuImg = tool(QStringLiteral("qemu-img"));
    if (!qemuImg) {
        return tl::unexpected(qemuImg.error());
    }
    QProcess process;
    process.start(*qemuImg, {QStringLiteral("map"), QStringLiteral("--output=json"), QStringLiteral("-U"), QStringLiteral("-f"), format, path});
    QByteArray text;
    while (process.state() != QProcess::NotRunning && process.waitForReadyRead(-1)) {
        text += process.readAllStandardOutput();
    }
    text += process.readAllStandardOutput();
    const auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_array()) {
        return unreadable(path, process.readAllStandardError());
    }
    std::vector<std::pair<std::uint64_t, std::uint64_t>> found;
    try {
        for (const auto &part : json) {
            if (!part.at("zero").get<bool>()) {
                const auto start = part.at("start").get<std::uint64_t>();
                found.emplace_back(start, start + part.at("length").get<std::uint64_t>());
            }
        }
    } catch (const nlohmann::json::exception &error) {
        return unreadable(path, error.what());
    }
    return found;
}
}

struct NbdImage::Data {
    QTemporaryDir directory;
    QProcess server;
    int socket = -1;
    std::uint64_t size = 0;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> map;
    QString path;

    Result<> connect();
    Result<> shakeHands();
    Result<> send(std::span<const std::byte> bytes);
    Result<> receive(std::span<std::byte> into);
    template <typename Number>
    Result<Number> number()
    {
        std::array<std::byte, sizeof(Number)> bytes {};
        return receive(bytes).map([&] { return qFromBigEndian<Number>(bytes.data()); });
    }
    unexpected<Problem> lost() { return unreadable(path, server.readAllStandardError()); }
};

namespace {
class Message {
public:
    template <typename Number>
    Message &add(Number number)
    {
        std::array<std::byte, sizeof(Number)> bytes {};
        qToBigEndian(number, bytes.data());
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
        return *this;
    }
    std::span<const std::byte> bytes() const { return m_bytes; }

private:
    std::vector<std::byte> m_bytes;
};
}

Result<> NbdImage::Data::send(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0 && errno != EINTR) {
            return lost();
        }
        bytes = bytes.subspan(std::size_t(std::max<ssize_t>(sent, 0)));
    }
    return {};
}

Result<> NbdImage::Data::receive(std::span<std::byte> into)
{
    while (!into.empty()) {
        const auto got = ::recv(socket, into.data(), into.size(), 0);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return lost();
        }
        into = into.subspan(std::size_t(std::max<ssize_t>(got, 0)));
    }
    return {};
}

/// Tried until the server listens, or is no more.
Result<> NbdImage::Data::connect()
{
    const auto name = directory.filePath(QStringLiteral("nbd")).toStdString();
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    if (name.size() >= sizeof address.sun_path) {
        return unreadable(path, "the name of the temporary directory is too long");
    }
    std::ranges::copy(name, address.sun_path);
    socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    for (int waited = 0; waited < patienceMs; waited += 20) {
        if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
            return {};
        }
        if (server.state() == QProcess::NotRunning) {
            return lost();
        }
        (void)server.waitForReadyRead(20);
    }
    return lost();
}

/// The fixed newstyle of the protocol, by its oldest option: the default export, simple replies.
Result<> NbdImage::Data::shakeHands()
{
    const auto magic = number<std::uint64_t>();
    const auto option = magic ? number<std::uint64_t>() : magic;
    const auto flags = option ? number<std::uint16_t>() : Result<std::uint16_t>(tl::unexpected(option.error()));
    if (!flags || *magic != nbdMagic || *option != optionMagic) {
        return lost();
    }
    constexpr std::uint32_t noZeroes = 3, exportName = 1;
    auto sent = send(Message().add(noZeroes).add(optionMagic).add(exportName).add(std::uint32_t(0)).bytes());
    const auto bytes = sent ? number<std::uint64_t>() : Result<std::uint64_t>(tl::unexpected(sent.error()));
    const auto transmission = bytes ? number<std::uint16_t>() : Result<std::uint16_t>(tl::unexpected(bytes.error()));
    size = bytes.value_or(0);
    return transmission ? Result<>() : lost();
}

NbdImage::NbdImage(std::unique_ptr<Data> data)
    : m_data(std::move(data))
{
}

NbdImage::~NbdImage()
{
    if (m_data->socket >= 0) {
        ::close(m_data->socket); // its only client gone, it ends
    }
    while (m_data->server.state() != QProcess::NotRunning && m_data->server.waitForReadyRead(1000)) { }
    m_data->server.kill();
}

Result<std::unique_ptr<NbdImage>> NbdImage::open(const QString &path, const QString &format)
{
    const auto qemuNbd = tool(QStringLiteral("qemu-nbd"));
    const auto whole = QFileInfo(path).absoluteFilePath(); // begins with a slash: nothing QEMU takes for a protocol
    auto map = qemuNbd ? mapOf(whole, format) : tl::unexpected(qemuNbd.error());
    if (!map) {
        return tl::unexpected(map.error());
    }
    std::unique_ptr<NbdImage> image(new NbdImage(std::make_unique<Data>()));
    auto &data = *image->m_data;
    data.path = whole;
    data.map = std::move(*map);
    data.server.start(*qemuNbd,
        {QStringLiteral("--read-only"), QStringLiteral("--format=") + format,
            QStringLiteral("--socket=") + data.directory.filePath(QStringLiteral("nbd")), whole});
    if (!data.server.waitForStarted(patienceMs)) {
        return unreadable(whole, data.server.errorString().toUtf8());
    }
    auto ready = data.connect().and_then([&data] { return data.shakeHands(); });
    return ready ? Result<std::unique_ptr<NbdImage>>(std::move(image)) : tl::unexpected(ready.error());
}

std::uint64_t NbdImage::sizeBytes() const
{
    return m_data->size;
}

Result<std::uint64_t> NbdImage::dataFrom(std::uint64_t offset)
{
    const auto at = std::ranges::upper_bound(m_data->map, offset, {}, &std::pair<std::uint64_t, std::uint64_t>::second);
    return at == m_data->map.end() ? m_data->size : std::max(at->first, offset);
}

Result<> NbdImage::read(std::uint64_t offset, std::span<std::byte> into)
{
    auto &data = *m_data;
    if (into.empty()) {
        return {};
    }
    constexpr std::uint64_t handle = 1;
    auto sent = data.send(
        Message().add(requestMagic).add(std::uint16_t(0)).add(std::uint16_t(0)).add(handle).add(offset).add(std::uint32_t(into.size())).bytes());
    const auto magic = sent ? data.number<std::uint32_t>() : Result<std::uint32_t>(tl::unexpected(sent.error()));
    const auto error = magic ? data.number<std::uint32_t>() : magic;
    const auto answered = error ? data.number<std::uint64_t>() : Result<std::uint64_t>(tl::unexpected(error.error()));
    if (!answered || *magic != replyMagic || *answered != handle || *error != 0) {
        return data.lost();
    }
    return data.receive(into);
}

}
