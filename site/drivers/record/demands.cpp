// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/record/demands.h"

namespace portulan::site {

Result<> demandEtag(const Common &object, std::string_view etag)
{
    if (etag.empty() || etag == object.etag) {
        return {};
    }
    return refuse(Reason::Conflict, {{"id", object.id.text()}, {"etag", object.etag}});
}

Result<> demandOwned(Custody custody)
{
    if (custody == Custody::Owner) {
        return {};
    }
    return notReady(toString(custody));
}

Result<> checkCommon(const std::string &name, const std::map<std::string, std::string> &labels)
{
    if (auto named = checkDisplayName("name", name); !named) {
        return named;
    }
    for (const auto &[key, value] : labels) {
        if (key.empty() || key.size() > 63 || value.size() > 255 || !isUtf8(key) || !isUtf8(value)) {
            return refuse(
                Reason::InvalidArgument, {{"field", "labels"}, {"value", key.substr(0, 63)}, {"expected", "UTF-8, 1 to 63 bytes, values up to 255"}});
        }
    }
    return checkRange("labels", static_cast<std::int64_t>(labels.size()), 0, 32);
}

Result<> checkRange(std::string_view field, std::int64_t value, std::int64_t least, std::int64_t most)
{
    if (value >= least && value <= most) {
        return {};
    }
    return refuse(Reason::InvalidArgument,
        {{"field", std::string(field)}, {"value", std::to_string(value)}, {"expected", std::to_string(least) + " to " + std::to_string(most)}});
}

bool isUp(PowerState state)
{
    return state == PowerState::Starting || state == PowerState::Running || state == PowerState::Stopping || state == PowerState::Paused;
}

tl::unexpected<Problem> notReady(std::string_view state)
{
    return refuse(Reason::NotReady, {{"state", std::string(state)}});
}

}
