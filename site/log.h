// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/problem.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace portulan::site {

/// The gateway's voice: one line an event, on stderr or wherever the sink puts it. Cheap to copy; every copy speaks into the same sink.
/// Never given secrets.
class Log {
public:
    enum class Level { Info, Warning, Error };
    enum class Format { Text, Json };
    using Field = std::pair<std::string_view, std::string>;
    using Sink = std::function<void(const std::string &line)>; ///< called from any thread, the line ends in "\n"

    explicit Log(Format format = Format::Text, Sink sink = {});
    /// `event` is a dotted word: "order.accepted". Time and level are added.
    void event(std::string_view event, const std::vector<Field> &fields = {}, Level level = Level::Info) const;
    void problem(std::string_view event, const Problem &problem, std::vector<Field> fields = {}, Level level = Level::Warning) const;

private:
    Format m_format;
    Sink m_sink;
};

}
