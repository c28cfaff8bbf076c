# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# Writes the boot sector IN as C++ to OUT.
file(READ ${IN} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE ${OUT} "#include \"site/drivers/embedded/nanoguest.h\"\nnamespace portulan::site::embedded {\nconst std::array<unsigned char, 512> nanoGuest = {${bytes}};\n}\n")
