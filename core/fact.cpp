// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/fact.h"

#include "core/words.h"

#include <cstdio>

namespace portulan {

namespace {
constexpr auto words = wording<Assurance>({{Assurance::Declared, "declared"}, {Assurance::Attested, "attested"}, {Assurance::Measured, "measured"}});

struct Describe {
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(double number) const
    {
        char text[32];
        std::snprintf(text, sizeof text, "%.10g", number);
        return text;
    }
    std::string operator()(const std::string &word) const { return word; }
    std::string operator()(const Words &list) const
    {
        std::string text;
        for (const auto &word : list) {
            text += (text.empty() ? "" : ", ") + word;
        }
        return text;
    }
};
}

std::string_view toString(Assurance assurance)
{
    return words.of(assurance);
}
Assurance assuranceFrom(std::string_view word)
{
    return words.from(word).value_or(Assurance::Declared);
}
std::string describe(const Value &value)
{
    return std::visit(Describe {}, value);
}

}
