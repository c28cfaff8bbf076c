// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace portulan::tests {

/// An HTTP server that answers just what it is told, right or wrong, one request a connection. Ends with this.
class HttpScript {
public:
    /// Bytes to send for a request ("GET /path HTTP/1.1" and its headers and body). Called by one thread at a time.
    using Answer = std::function<std::string(const std::string &request)>;
    explicit HttpScript(Answer answer);
    ~HttpScript();
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    std::vector<std::string> requests(); ///< first lines, in order

    static std::string json(const std::string &body, const std::string &status = "200 OK", const std::string &headers = {});

private:
    void serve();
    void talk(int peer);

    Answer m_answer;
    int m_listening = -1;
    int m_port = 0;
    std::atomic<bool> m_ends = false;
    std::mutex m_mutex; ///< m_requests
    std::vector<std::string> m_requests;
    std::thread m_thread;
};

}
