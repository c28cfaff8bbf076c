// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace portulan::site {

struct HttpRequest {
    std::string method = "GET";
    std::string url; ///< http or https; nothing else is spoken, and no redirection followed
    std::vector<std::pair<std::string, std::string>> headers {};
    std::string body {};
    std::chrono::milliseconds patience {60'000}; ///< until the answer is all there; of a transfer, how long nothing may move
};

struct HttpAnswer {
    int status = 0;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
    const std::string &header(const std::string &name) const; ///< "" if it is not there
    bool isGood() const { return status >= 200 && status < 300; }
};

/// HTTP to one service, over connections that are kept (libcurl). Blocking, thread safe. An answer of any status is an answer; Unreachable if
/// nobody answers or the TLS of who answers is not trusted, TimedOut, TooLarge{what, limit}, Integrity{where} if the answer ends before its
/// length says, Cancelled after close(). 429 and 503 are asked again, as often and as late as Retry-After asks, within the patience.
class Http {
public:
    struct Settings {
        std::string caFile; ///< trust anchors, PEM; empty: the system's
        std::size_t bodyLimit = std::size_t(64) << 20; ///< of an answer kept in memory
        int attempts = 4; ///< of a request that a service is too busy for
        // In memory, PEM: trust anchors instead of a file's, and who calls.
        std::string authorities {}, certificate {}, key {};
    };
    explicit Http(Settings settings);
    ~Http();
    Http(const Http &) = delete;
    Http &operator=(const Http &) = delete;

    Result<HttpAnswer> send(const HttpRequest &request);
    /// Sends `length` bytes that `next` fills in, in order; asked but once.
    using Source = std::function<Result<>(std::span<char>)>;
    Result<HttpAnswer> upload(const HttpRequest &request, std::uint64_t length, const Source &next);
    /// A good answer's body goes to `take`, piece by piece; of any other it is in the answer.
    using Sink = std::function<Result<>(std::span<const std::byte>)>;
    Result<HttpAnswer> download(const HttpRequest &request, const Sink &take);
    void close(); ///< what is under way ends, what comes is refused

private:
    struct Line;
    struct Exchange;
    std::unique_ptr<Line> take();
    void giveBack(std::unique_ptr<Line> line);
    Result<HttpAnswer> exchange(const HttpRequest &request, Exchange &exchange);

    const Settings m_settings;
    std::mutex m_mutex; ///< all below
    std::vector<std::unique_ptr<Line>> m_idle;
    std::shared_ptr<std::atomic<bool>> m_closed;
};

/// As part of a URL: everything but letters, digits and -._~ in percent signs.
std::string escaped(std::string_view word);

}
