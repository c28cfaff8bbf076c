// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QDir>
#include <QFile>
#include <QProcess>

namespace portulan::test {

/// What a program of ours answered as a shell sees it.
struct Answer {
    int code; ///< -1: it did not end, or not by itself
    QString out;
    QString err;
};

inline Answer runProgram(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    const bool ended = process.waitForFinished(60'000);
    return {ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

inline Answer runCtl(const QStringList &arguments)
{
    return runProgram(QStringLiteral(PORTULAN_BINARY_DIR "/app/ctl/portulanctl"), arguments);
}

/// A file of that name in that folder; its path.
inline QString writeIn(const QString &folder, const QString &name, const QByteArray &text)
{
    QFile file(QDir(folder).filePath(name));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(text);
    }
    return file.fileName();
}

}
