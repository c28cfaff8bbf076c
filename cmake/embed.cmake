# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# Turns a file into a .cpp that defines `std::string_view NAME()` in portulan::site.
# cmake -D INPUT=… -D OUTPUT=… -D NAME=… -P embed.cmake
cmake_minimum_required(VERSION 3.25)
file(READ ${INPUT} hex HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUTPUT} "#include \"site/builtin.h\"\nnamespace portulan::site {\nnamespace {\nconstexpr unsigned char bytes[] = {\n${bytes}0};\n}\n"
  "std::string_view ${NAME}()\n{\n    return {reinterpret_cast<const char *>(bytes), sizeof bytes - 1};\n}\n}\n")
