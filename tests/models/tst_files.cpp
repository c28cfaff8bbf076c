// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/await.h"
#include "tests/models/linking.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace portulan;

/// Files to a site and back.
class TestFiles : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    const ObjectId m_volume {"lyon", ObjectKind::Volume, "v-1"};
    const ObjectId m_dataSet {"lyon", ObjectKind::DataSet, "imagerie"};

    QString path(const char *name) const { return m_dir.filePath(QString::fromLatin1(name)); }

    static QByteArray someBytes(qsizetype size)
    {
        QByteArray bytes(size, Qt::Uninitialized);
        quint32 state = 12345;
        for (auto &byte : bytes) {
            state = state * 1664525u + 1013904223u;
            byte = static_cast<char>(state >> 24);
        }
        return bytes;
    }

    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    template <typename T>
    Result<T> answerOf(const QFuture<Result<T>> &future)
    {
        std::optional<Result<T>> answer;
        await(future, this, [&](const Result<T> &result) { answer = result; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer, 20'000); }();
        return answer ? *answer : Result<T>(refuse(Reason::TimedOut));
    }

private Q_SLOTS:
    void aFileArrivesWhole()
    {
        const auto bytes = someBytes((5 << 20) + 17);
        write(path("disk.raw"), bytes);
        Linked linked;
        QSignalSpy progress(linked.link.get(), &SiteLink::progress);
        SiteLink::Import import;
        import.id = "v-9";
        import.project = "hospices";
        const auto operation = answerOf(linked.link->importFile(import, path("disk.raw")));
        QVERIFY(operation);
        QVERIFY(operation->state == OperationState::Done);
        QVERIFY(linked.gateway.received() == bytes.toStdString());
        QTRY_VERIFY(!progress.isEmpty() && progress.last().at(1).toLongLong() == bytes.size());
        QCOMPARE(progress.last().at(2).toLongLong(), qint64(bytes.size()));
    }

    void aFileThatIsNotThereIsAProblem()
    {
        Linked linked;
        const auto operation = answerOf(linked.link->importFile({}, path("missing.raw")));
        QVERIFY(!operation);
        QVERIFY(operation.error().reason == Reason::NotFound);
    }

    void anExportBecomesAFileOnceItsDigestIsRight()
    {
        const auto bytes = someBytes((3 << 20) + 5);
        write(path("out.qcow2"), "old");
        Linked linked([&](FakeGateway &gateway) { gateway.content = bytes.toStdString(); });
        const auto size = answerOf(linked.link->exportFile(m_volume, QStringLiteral("qcow2"), path("out.qcow2")));
        QVERIFY2(size, size ? "" : describe(size.error()).c_str());
        QCOMPARE(*size, qint64(bytes.size()));
        QVERIFY(read(path("out.qcow2")) == bytes);
        QVERIFY(!QFile::exists(path("out.qcow2.part")));
    }

    void anExportWithAWrongDigestLeavesWhatWasThere()
    {
        write(path("kept.qcow2"), "old");
        Linked linked([](FakeGateway &gateway) {
            gateway.content = "new bytes";
            gateway.statedDigest = std::string(64, '0');
        });
        const auto size = answerOf(linked.link->exportFile(m_volume, {}, path("kept.qcow2")));
        QVERIFY(!size);
        QVERIFY(size.error().reason == Reason::Integrity);
        QCOMPARE(read(path("kept.qcow2")), QByteArray("old"));
        QVERIFY(!QFile::exists(path("kept.qcow2.part")));
    }

    void anExportToNowhereIsAProblem()
    {
        Linked linked([](FakeGateway &gateway) { gateway.content = std::string(100'000, 'x'); });
        const auto size = answerOf(linked.link->exportFile(m_volume, {}, path("no/such/folder/file")));
        QVERIFY(!size);
        QVERIFY(size.error().reason == Reason::Internal);
    }

    void aFullDiskIsSaidToBeFull()
    {
        QVERIFY(QFile::link(QStringLiteral("/dev/full"), path("full.raw.part")));
        Linked linked([](FakeGateway &gateway) { gateway.content = std::string(100'000, 'x'); });
        const auto size = answerOf(linked.link->exportFile(m_volume, {}, path("full.raw")));
        QVERIFY(!size);
        QVERIFY(size.error().reason == Reason::DiskFull);
        QVERIFY(!QFile::exists(path("full.raw")));
    }

    void anObjectGoesThereAndBack()
    {
        const auto bytes = someBytes(300'000);
        write(path("scan.dcm"), bytes);
        Linked linked([&](FakeGateway &gateway) { gateway.content = bytes.toStdString(); });
        const auto object = answerOf(linked.link->putObject(m_dataSet, QStringLiteral("2026/scan"), path("scan.dcm")));
        QVERIFY(object);
        QCOMPARE(object->size, qint64(bytes.size()));
        QVERIFY(linked.gateway.received() == bytes.toStdString());
        QVERIFY(answerOf(linked.link->getObject(m_dataSet, QStringLiteral("2026/scan"), path("back.dcm"))));
        QVERIFY(read(path("back.dcm")) == bytes);
    }

    void anObjectKeptWrongIsNoticed()
    {
        write(path("one"), "bytes");
        Linked linked([](FakeGateway &gateway) { gateway.statedDigest = std::string(64, '1'); });
        const auto object = answerOf(linked.link->putObject(m_dataSet, QStringLiteral("k"), path("one")));
        QVERIFY(!object);
        QVERIFY(object.error().reason == Reason::Integrity);
    }

    void anEmptyFileIsAFile()
    {
        Linked linked;
        QVERIFY(answerOf(linked.link->getObject(m_dataSet, QStringLiteral("k"), path("empty"))));
        QVERIFY(QFile::exists(path("empty")));
        QCOMPARE(QFileInfo(path("empty")).size(), qint64(0));
    }

    void droppingTheLinkEndsItsTransfers()
    {
        Linked linked([](FakeGateway &gateway) { gateway.content = std::string(64 << 20, 'x'); });
        const auto going = linked.link->exportFile(m_volume, {}, path("big"));
        linked.link.reset();
        QVERIFY(going.isFinished());
        QVERIFY(!QFile::exists(path("big.part")));
    }
};
QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
