// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/localsocket.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace portulan::site {

namespace {

/// An address that reaches into a directory of any length, by way of /proc. `directory` must stay open while it is used.
Result<sockaddr_un> addressIn(const Fd &directory, const std::string &name)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    const std::string path = "/proc/self/fd/" + std::to_string(directory.get()) + '/' + name;
    if (path.size() >= sizeof address.sun_path) {
        return refuse(Reason::Internal, {}, "socket name too long: " + name);
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

template <typename F>
Result<Fd> socketIn(const std::string &directory, const std::string &name, F use)
{
    const auto place = openFile(directory, O_PATH | O_DIRECTORY);
    if (!place) {
        return tl::unexpected(place.error());
    }
    const auto address = addressIn(*place, name);
    if (!address) {
        return tl::unexpected(address.error());
    }
    Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd) {
        return ioRefusal("socket", directory);
    }
    if (const int error = use(fd.get(), reinterpret_cast<const sockaddr *>(&*address)); error != 0) {
        return refuse(Reason::Unreachable, {}, directory + '/' + name + ": " + std::strerror(error));
    }
    return fd;
}

}

Result<Fd> connectLocal(const std::string &directory, const std::string &name)
{
    return socketIn(directory, name, [](int fd, const sockaddr *address) { return ::connect(fd, address, sizeof(sockaddr_un)) == 0 ? 0 : errno; });
}

Result<Fd> listenLocal(const std::string &directory, const std::string &name)
{
    removeFile(directory + '/' + name);
    return socketIn(directory, name,
        [](int fd, const sockaddr *address) { return ::bind(fd, address, sizeof(sockaddr_un)) == 0 && ::listen(fd, 4) == 0 ? 0 : errno; });
}

}
