// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/console.h"

#include "site/drivers/disk/fd.h"

#include <charconv>
#include <fcntl.h>
#include <unistd.h>

namespace portulan::site::embedded {

namespace {
constexpr std::uint64_t most = 1 << 20;
}

Console::Console(const std::string &machineDirectory)
    : m_file(machineDirectory + "/console.log")
    , m_dropped(machineDirectory + "/console.dropped")
{
}

std::int64_t Console::dropped() const
{
    std::int64_t bytes = 0;
    if (const auto text = readText(m_dropped, 32)) {
        std::from_chars(text->data(), text->data() + text->size(), bytes);
    }
    return bytes;
}

std::pair<std::string, std::int64_t> Console::tail(std::size_t atMost) const
{
    const auto file = openFile(m_file, O_RDONLY);
    const auto size = file ? fileSize(file->get()) : Result<std::uint64_t>(0);
    const std::size_t length = std::min<std::size_t>(atMost, size.value_or(0));
    std::string text(length, '\0');
    const std::uint64_t from = size.value_or(0) - length;
    if (length > 0 && !readAt(file->get(), from, std::as_writable_bytes(std::span(text)))) {
        text.clear();
    }
    return {text, dropped() + static_cast<std::int64_t>(from)};
}

void Console::trim() const
{
    // QEMU has the file open for appending: cut to nothing, it goes on at the new end. What it says between the two calls below may come
    // before the older lines; nothing is lost but order.
    const auto file = openFile(m_file, O_RDWR | O_APPEND);
    const auto size = file ? fileSize(file->get()) : Result<std::uint64_t>(0);
    if (size.value_or(0) <= most) {
        return;
    }
    const auto [kept, offset] = tail(most / 2);
    const std::string count = std::to_string(offset);
    if (const auto mark = openFile(m_dropped, O_WRONLY | O_CREAT | O_TRUNC); mark && ::ftruncate(file->get(), 0) == 0) {
        (void)!::write(file->get(), kept.data(), kept.size());
        (void)writeAt(mark->get(), 0, std::as_bytes(std::span(count)));
    }
}

}
