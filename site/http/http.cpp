// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/http/http.h"

#include <algorithm>
#include <curl/curl.h>
#include <thread>

namespace portulan::site {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t headerLimit = 256 << 10;
constexpr auto connecting = 15s, mostPause = 30s;
constexpr auto slice = 100ms;

/// Before any handle, once.
void demandCurl()
{
    static const CURLcode code = ::curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)code;
}

std::string lowered(std::string_view text)
{
    std::string word(text);
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return word;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view() : text.substr(first, last - first + 1);
}

struct Header {
    curl_slist *list = nullptr;
    ~Header() { ::curl_slist_free_all(list); }
    void add(const std::string &line)
    {
        if (auto *longer = ::curl_slist_append(list, line.c_str())) {
            list = longer;
        }
    }
};

Problem problemOf(CURLcode code, const char *words, const std::string &url)
{
    const std::string host = url.substr(0, url.find('/', url.find("//") + 2));
    const std::string detail = host + ": " + (*words ? words : ::curl_easy_strerror(code));
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return {Reason::TimedOut, {{"what", host}}, detail};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
        return {Reason::Untrusted, {{"what", host}}, detail};
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2_STREAM:
        return {Reason::Integrity, {{"where", host}}, detail};
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return {Reason::InvalidArgument, {{"field", "url"}, {"expected", "http:// or https://"}, {"value", host}}, detail};
    default:
        return {Reason::Unreachable, {{"what", host}}, detail};
    }
}

}

const std::string &HttpAnswer::header(const std::string &name) const
{
    static const std::string none;
    const auto at = headers.find(name);
    return at == headers.end() ? none : at->second;
}

struct Http::Line {
    Line()
        : handle(::curl_easy_init())
    {
    }
    ~Line() { ::curl_easy_cleanup(handle); }
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;
    CURL *handle;
};

/// One request and what comes of it, as libcurl calls for it and hands it over.
struct Http::Exchange {
    std::uint64_t length = 0; ///< of an upload
    const Source *source = nullptr;
    const Sink *sink = nullptr;
    std::size_t bodyLimit = 0;
    std::shared_ptr<std::atomic<bool>> closed;
    HttpAnswer answer {};
    std::size_t headerBytes = 0;
    std::uint64_t sent = 0;
    std::optional<Problem> problem {}; ///< why it was broken off here

    static std::size_t onHeader(char *data, std::size_t, std::size_t size, void *self)
    {
        auto &me = *static_cast<Exchange *>(self);
        const std::string_view line(data, size);
        me.headerBytes += size;
        if (me.headerBytes > headerLimit) {
            me.problem = Problem {Reason::TooLarge, {{"what", "headers"}, {"limit", std::to_string(headerLimit)}}, {}};
            return 0;
        }
        if (line.starts_with("HTTP/")) { // also after "100 Continue"
            me.answer.headers.clear();
            const auto blank = line.find(' ');
            me.answer.status = blank == std::string_view::npos ? 0 : std::atoi(std::string(line.substr(blank + 1, 3)).c_str());
        } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
            me.answer.headers.insert_or_assign(lowered(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))));
        }
        return size;
    }
    static std::size_t onBody(char *data, std::size_t, std::size_t size, void *self)
    {
        auto &me = *static_cast<Exchange *>(self);
        if (me.sink && me.answer.isGood()) {
            auto taken = (*me.sink)(std::as_bytes(std::span(data, size)));
            if (!taken) {
                me.problem = taken.error();
                return 0;
            }
            return size;
        }
        if (me.answer.body.size() + size > me.bodyLimit) {
            me.problem = Problem {Reason::TooLarge, {{"what", "answer"}, {"limit", std::to_string(me.bodyLimit)}}, {}};
            return 0;
        }
        me.answer.body.append(data, size);
        return size;
    }
    static std::size_t onRead(char *data, std::size_t, std::size_t size, void *self)
    {
        auto &me = *static_cast<Exchange *>(self);
        const auto piece = static_cast<std::size_t>(std::min<std::uint64_t>(size, me.length - me.sent));
        if (piece > 0) {
            if (auto filled = (*me.source)(std::span(data, piece)); !filled) {
                me.problem = filled.error();
                return CURL_READFUNC_ABORT;
            }
        }
        me.sent += piece;
        return piece;
    }
    static int onProgress(void *self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return *static_cast<Exchange *>(self)->closed ? 1 : 0; }
};

Http::Http(Settings settings)
    : m_settings(std::move(settings))
    , m_closed(std::make_shared<std::atomic<bool>>(false))
{
    demandCurl();
}

Http::~Http() = default;

void Http::close()
{
    const std::lock_guard lock(m_mutex);
    *m_closed = true;
}

std::unique_ptr<Http::Line> Http::take()
{
    const std::lock_guard lock(m_mutex);
    if (m_idle.empty()) {
        return std::make_unique<Line>();
    }
    auto line = std::move(m_idle.back());
    m_idle.pop_back();
    return line;
}

void Http::giveBack(std::unique_ptr<Line> line)
{
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(line));
}

Result<HttpAnswer> Http::exchange(const HttpRequest &request, Exchange &exchange)
{
    if (*m_closed) {
        return refuse(Reason::Cancelled);
    }
    auto line = take();
    auto *curl = line->handle;
    ::curl_easy_reset(curl); // connections stay
    exchange.closed = m_closed;
    exchange.bodyLimit = m_settings.bodyLimit;
    Header headers;
    for (const auto &[name, value] : request.headers) {
        headers.add(name + ": " + value);
    }
    char words[CURL_ERROR_SIZE] = "";
    const bool isTransfer = exchange.source || exchange.sink;
    ::curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    ::curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    ::curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    ::curl_easy_setopt(curl, CURLOPT_PROXY, ""); // a cloud's API is not somebody's web
    ::curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
    ::curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::chrono::milliseconds(connecting).count()));
    if (isTransfer) {
        ::curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
        ::curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(std::chrono::ceil<std::chrono::seconds>(request.patience).count()));
    } else {
        ::curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.patience.count()));
    }
    if (!m_settings.caFile.empty()) {
        ::curl_easy_setopt(curl, CURLOPT_CAINFO, m_settings.caFile.c_str());
    }
    for (const auto &[option, pem] : {std::pair(CURLOPT_CAINFO_BLOB, &m_settings.authorities),
             std::pair(CURLOPT_SSLCERT_BLOB, &m_settings.certificate), std::pair(CURLOPT_SSLKEY_BLOB, &m_settings.key)}) {
        if (!pem->empty()) {
            curl_blob blob {const_cast<char *>(pem->data()), pem->size(), CURL_BLOB_COPY};
            ::curl_easy_setopt(curl, option, &blob);
        }
    }
    if (exchange.source) {
        ::curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        ::curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(exchange.length));
        ::curl_easy_setopt(curl, CURLOPT_READFUNCTION, &Exchange::onRead);
        ::curl_easy_setopt(curl, CURLOPT_READDATA, &exchange);
        headers.add("Expect:");
    } else if (!request.body.empty() || request.method == "POST") {
        ::curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        ::curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.c_str());
        headers.add("Expect:");
    } else if (request.method == "HEAD") {
        ::curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    }
    ::curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    ::curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.list);
    ::curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
    ::curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
    ::curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Exchange::onBody);
    ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
    ::curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    ::curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &Exchange::onProgress);
    ::curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &exchange);
    const auto code = ::curl_easy_perform(curl);
    ::curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr);
    giveBack(std::move(line));
    if (exchange.problem) {
        return tl::unexpected(*exchange.problem);
    }
    if (code == CURLE_ABORTED_BY_CALLBACK) {
        return refuse(Reason::Cancelled);
    }
    // A service that has seen enough of an upload answers and hangs up.
    const bool isAnswered = code == CURLE_OK || (code == CURLE_SEND_ERROR && exchange.answer.status >= 400);
    return isAnswered ? Result<HttpAnswer>(std::move(exchange.answer)) : tl::unexpected(problemOf(code, words, request.url));
}

Result<HttpAnswer> Http::send(const HttpRequest &request)
{
    const auto deadline = std::chrono::steady_clock::now() + request.patience;
    for (int attempt = 1;; ++attempt) {
        Exchange one;
        auto answer = exchange(request, one);
        if (!answer || (answer->status != 429 && answer->status != 503) || attempt >= m_settings.attempts) {
            return answer;
        }
        const auto &asked = answer->header("retry-after"); // seconds; a date is not understood, and means soon
        const auto pause = std::min<std::chrono::milliseconds>(
            asked.empty() ? std::chrono::milliseconds(500) * attempt : std::chrono::seconds(std::clamp(std::atoi(asked.c_str()), 1, 3600)),
            mostPause);
        if (std::chrono::steady_clock::now() + pause > deadline) {
            return answer;
        }
        for (auto waited = 0ms; waited < pause && !*m_closed; waited += slice) {
            std::this_thread::sleep_for(slice);
        }
    }
}

Result<HttpAnswer> Http::upload(const HttpRequest &request, std::uint64_t length, const Source &next)
{
    Exchange one;
    one.length = length;
    one.source = &next;
    return exchange(request, one);
}

Result<HttpAnswer> Http::download(const HttpRequest &request, const Sink &take)
{
    Exchange one;
    one.sink = &take;
    return exchange(request, one);
}

std::string escaped(std::string_view word)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const unsigned char c : word) {
        if (std::isalnum(c) || std::string_view("-._~").find(static_cast<char>(c)) != std::string_view::npos) {
            text += static_cast<char>(c);
        } else {
            text += {'%', digits[c >> 4], digits[c & 15]};
        }
    }
    return text;
}

}
