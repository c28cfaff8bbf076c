// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/testboot.h"

#include "proto/wire.h"

#include <algorithm>

namespace portulan::site {

namespace {

bool isControl(char c)
{
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
}

/// Bytes of a terminal's sequence at the front, which begins with ESC.
std::size_t sequenceAt(std::string_view text)
{
    if (text.size() < 2 || text[1] != '[') {
        return std::min<std::size_t>(text.size(), 2);
    }
    const auto end = std::find_if(text.begin() + 2, text.end(), [](char c) { return c >= 0x40 && c <= 0x7e; });
    return std::size_t(end - text.begin()) + (end == text.end() ? 0 : 1);
}

/// Bytes of the valid character at the front; 0 if there is none.
std::size_t characterAt(std::string_view text)
{
    for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
        if (isUtf8(text.substr(0, length))) {
            return length;
        }
    }
    return 0;
}

}

std::string readable(std::string_view console, std::size_t limit)
{
    std::string text;
    while (!console.empty()) {
        const auto length = characterAt(console);
        if (console[0] == '\x1b') {
            console.remove_prefix(sequenceAt(console));
            continue;
        }
        if (!isControl(console[0])) {
            text += length > 0 ? console.substr(0, length) : std::string_view("\uFFFD");
        }
        console.remove_prefix(std::max<std::size_t>(length, 1));
    }
    auto from = text.size() - std::min(limit, text.size());
    while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) { // the rest of a character
        ++from;
    }
    return text.substr(from);
}

v1::TestBoot toWire(const TestBoot &boot)
{
    v1::TestBoot message;
    message.set_state(boot.state);
    message.set_console(boot.console);
    if (boot.problem != Problem {}) {
        *message.mutable_problem() = wire::toWire(boot.problem);
    }
    return message;
}

TestBoot testBootFrom(const v1::TestBoot &message)
{
    TestBoot boot;
    boot.state = message.state() == "running" || message.state() == "booted" ? message.state() : "failed";
    boot.console = readable(message.console());
    if (message.has_problem()) {
        boot.problem = wire::fromWire(message.problem());
    }
    return boot;
}

}
