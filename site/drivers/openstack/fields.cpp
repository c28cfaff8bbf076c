// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/openstack/fields.h"

#include <charconv>

namespace portulan::site::openstack {

const Json &in(const Json &object, const char *key)
{
    static const Json none;
    if (!object.is_object()) {
        return none;
    }
    const auto at = object.find(key);
    return at == object.end() ? none : *at;
}

const Json &listIn(const Json &object, const char *key)
{
    static const Json none = Json::array();
    const auto &list = in(object, key);
    return list.is_array() ? list : none;
}

std::string wordIn(const Json &object, const char *key)
{
    const auto &word = in(object, key);
    return word.is_string() ? word.get<std::string>() : std::string();
}

std::int64_t numberIn(const Json &object, const char *key)
{
    const auto &value = in(object, key);
    if (value.is_number_float()) {
        const auto number = value.get<double>();
        return number > 0 && number < 9e18 ? static_cast<std::int64_t>(number) : 0;
    }
    if (value.is_number_unsigned()) {
        return static_cast<std::int64_t>(std::min(value.get<std::uint64_t>(), std::uint64_t(INT64_MAX)));
    }
    std::int64_t number = 0;
    if (value.is_number_integer()) {
        number = value.get<std::int64_t>();
    } else if (value.is_string()) {
        const auto &text = value.get_ref<const std::string &>();
        (void)std::from_chars(text.data(), text.data() + text.size(), number);
    }
    return std::max<std::int64_t>(number, 0);
}

}
