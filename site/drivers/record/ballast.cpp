// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/record/ballast.h"

#include "site/drivers/disk/fd.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace portulan::site {

namespace {
constexpr off_t weight = 256 << 10;
}

bool Ballast::drop()
{
    m_there = false;
    return ::unlink(m_path.c_str()) == 0;
}

void Ballast::restore()
{
    if (m_there) {
        return;
    }
    struct statvfs room { };
    if (::statvfs(parentOf(m_path).c_str(), &room) != 0 || room.f_bavail * room.f_frsize < 2 * static_cast<unsigned long>(weight)) {
        return;
    }
    const auto file = openFile(m_path, O_WRONLY | O_CREAT);
    m_there = file && ::fallocate(file->get(), 0, 0, weight) == 0;
}

}
