// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/libvirt/xml.h"

#include <cstdio>
#include <random>
#include <sstream>

namespace portulan::site::libvirt {

std::string textOf(const pugi::xml_document &document)
{
    std::ostringstream text;
    document.save(text, "", pugi::format_raw | pugi::format_no_declaration);
    return text.str();
}

void put(pugi::xml_node parent, const char *name, const std::string &value)
{
    parent.append_child(name).text().set(value.c_str());
}

std::string volumeXml(const std::string &name, std::int64_t bytes)
{
    pugi::xml_document document;
    auto root = document.append_child("volume");
    put(root, "name", name);
    put(root, "capacity", std::to_string(bytes));
    put(root, "allocation", "0");
    auto target = root.append_child("target");
    target.append_child("format").append_attribute("type") = "qcow2";
    put(target, "compat", "1.1"); // without it libvirt makes version 2, which has no bitmaps
    return textOf(document);
}

std::string nameFor(const std::string &id, const char *prefix)
{
    if (!id.empty()) {
        return id;
    }
    char word[9];
    std::snprintf(word, sizeof word, "%08x", std::random_device {}());
    return std::string(prefix) + word;
}

}
