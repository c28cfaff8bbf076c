// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"
#include "core/workload.h"

#include <google/protobuf/map.h>
#include <google/protobuf/repeated_field.h>
#include <google/protobuf/timestamp.pb.h>

#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace portulan::wire {

/// Limits of single fields; those of whole messages are in wire.h. Amounts are far above any real site and far below where sums of
/// them overflow.
inline constexpr std::int64_t maxAmount = std::int64_t {1} << 56;
inline constexpr std::int64_t maxCpus = 1'000'000'000;
inline constexpr std::int64_t maxInstanceCpus = 1'000'000;
inline constexpr std::int64_t maxObjects = std::int64_t {1} << 40;
inline constexpr std::size_t maxNameBytes = 255;
inline constexpr std::size_t maxNoteBytes = 4096;

/// Takes values out of a message and remembers the first that is out of bounds: every method answers with something harmless, the
/// caller asks done() at the end.
class Reader {
public:
    /// UTF-8 of at most `limit` bytes, no NUL.
    std::string text(std::string_view field, const std::string &value, std::size_t limit = maxNameBytes);
    /// Display name as core/objectid.h wants it; empty is allowed.
    std::string displayName(std::string_view field, const std::string &value);
    /// Id of a site, project or object; `id` must be there, `idOrNone` may be empty.
    std::string id(std::string_view field, const std::string &value);
    std::string idOrNone(std::string_view field, const std::string &value);
    /// ISO 3166-1 alpha-2, or empty.
    std::string country(std::string_view field, const std::string &value);
    /// 64 lower-case hexadecimal digits, or empty.
    std::string digest(std::string_view field, const std::string &value);
    /// A resource name of one of these kinds. `site`, if given, must be the one named: NotFound otherwise.
    ObjectId object(std::string_view field, const std::string &name, std::initializer_list<ObjectKind> kinds, std::string_view site = {});
    ObjectId anyObjectOrNone(std::string_view field, const std::string &name);

    std::int64_t amount(std::string_view field, std::int64_t value, std::int64_t limit = maxAmount);
    /// As amount(), or -1 for "no limit".
    std::int64_t limitOrNone(std::string_view field, std::int64_t value, std::int64_t limit = maxAmount);
    double number(std::string_view field, double value, double least, double most);
    Instant moment(std::string_view field, bool set, const google::protobuf::Timestamp &value);
    /// "2026-11-22", or empty for "not known".
    Date date(std::string_view field, const std::string &value);
    std::map<std::string, std::string> labels(std::string_view field, const google::protobuf::Map<std::string, std::string> &map);
    std::vector<std::string> texts(std::string_view field, const google::protobuf::RepeatedPtrField<std::string> &list, int count, std::size_t limit);
    std::vector<std::string> ids(std::string_view field, const google::protobuf::RepeatedPtrField<std::string> &list, int count);

    /// The value of a conversion that may itself have refused.
    template <typename T>
    T take(Result<T> result)
    {
        if (result) {
            return std::move(*result);
        }
        fail(std::move(result.error()));
        return T {};
    }
    /// Whether a list is short enough; TooLarge is remembered if not.
    bool fits(std::string_view field, std::int64_t size, std::int64_t limit);
    void refuseField(std::string_view field, std::string expected, std::string_view value = {});
    void fail(Problem problem);
    bool ok() const { return !m_problem; }

    template <typename T>
    Result<T> done(T value)
    {
        if (m_problem) {
            return unexpected<Problem>(std::move(*m_problem));
        }
        return value;
    }

private:
    std::optional<Problem> m_problem;
};

/// Text made fit to send: invalid UTF-8, NUL and what a display name may not hold become U+FFFD; cut at a character's end.
std::string presentable(std::string_view text, std::size_t limit = maxNameBytes);
/// The same for notes and logs: line ends stay.
std::string note(std::string_view text, std::size_t limit = maxNoteBytes);

}
