// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/wholefile.h"

#include <QSaveFile>
#include <cerrno>

namespace portulan {

Result<> writeWhole(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return refuse(errno == ENOSPC ? Reason::DiskFull : Reason::Internal, {{"file", path.toStdString()}}, file.errorString().toStdString());
    }
    return {};
}

}
