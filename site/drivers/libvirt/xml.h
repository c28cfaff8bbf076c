// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <pugixml.hpp>
#include <string>

namespace portulan::site::libvirt {

// What libvirt is told. Texts are escaped by the library that writes them: a name may hold anything.

std::string textOf(const pugi::xml_document &document);
/// <name>value</name>
void put(pugi::xml_node parent, const char *name, const std::string &value);
/// A sparse qcow2 volume.
std::string volumeXml(const std::string &name, std::int64_t bytes);
/// A name nobody has: the id that was asked for, or one made up.
std::string nameFor(const std::string &id, const char *prefix);

}
