// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A certificate and the disks it certifies, in whatever format they are kept: what an auditor has, years later.
#include "core/manifest.h"
#include "tests/app/programrun.h"
#include "tests/fakes/signedmove.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <random>

using namespace portulan;
using namespace portulan::test;

class TestCertifiedDisks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyFormatHoldsTheSameDisk_data();
    void everyFormatHoldsTheSameDisk();
    void oneFlippedByteIsFoundAndItsDiskNamed_data() { everyFormatHoldsTheSameDisk_data(); }
    void oneFlippedByteIsFoundAndItsDiskNamed();
    void severalAreNamedByTheirKeys();
    void aDiskOfAnotherLengthIsAnother();
    void digestsMadeAnotherWayAreNotCompared();
    void aDiskThatBeginsLikeAnImageIsADisk();
    void withoutTheToolsItSaysWhatIsMissing();
    void whatIsNoImageIsSaidSo();

private:
    static Answer run(const QStringList &arguments) { return runCtl(arguments); }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString convert(const QString &raw, const QString &to, const QStringList &options);
    Answer verify(const QStringList &disks, const QStringList &more = {});
    static QByteArray bytes(qsizetype length, unsigned seed);
    static std::string rootOf(const QByteArray &bytes);
    QTemporaryDir m_folder;
    QByteArray m_disk, m_object;
    QString m_certificate, m_authority;
};

QByteArray TestCertifiedDisks::bytes(qsizetype length, unsigned seed)
{
    QByteArray bytes(length, '\0');
    std::mt19937 random(seed);
    for (qsizetype i = length / 3; i < length / 2; ++i) {
        bytes[i] = char(random());
    }
    bytes[length - 1] = 'x';
    return bytes;
}

std::string TestCertifiedDisks::rootOf(const QByteArray &bytes)
{
    Manifest manifest(std::uint64_t(bytes.size()));
    const auto all = std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())));
    for (std::size_t chunk = 0; chunk < manifest.chunks(); ++chunk) {
        manifest.set(chunk, Manifest::digestOf(all.subspan(chunk * Manifest::chunkBytes, manifest.sizeOf(chunk))));
    }
    return toHex(manifest.root());
}

QString TestCertifiedDisks::convert(const QString &raw, const QString &to, const QStringList &options)
{
    const QStringList words {QStringLiteral("convert"), QStringLiteral("-f"), QStringLiteral("raw")};
    return runProgram(QStringLiteral("qemu-img"), words + options + QStringList {raw, to}).code == 0 ? to : QString();
}

Answer TestCertifiedDisks::verify(const QStringList &disks, const QStringList &more)
{
    QStringList words = more
        + QStringList {QStringLiteral("--lang"), QStringLiteral("en"), QStringLiteral("certificate"), QStringLiteral("verify"), m_certificate,
            QStringLiteral("--authority"), m_authority};
    for (const auto &disk : disks) {
        words << QStringLiteral("--disk") << disk;
    }
    return run(words);
}

void TestCertifiedDisks::initTestCase()
{
    m_disk = bytes(9 * 1024 * 1024 + 512, 1); // no whole number of chunks, or of vmdk grains
    m_object = bytes(1777, 2);
    const auto moved = world::signedMove({{"v-1", m_disk.size(), rootOf(m_disk)}, {"a=b/\u00e9t\u00e9.txt", m_object.size(), rootOf(m_object)}});
    m_certificate = writeIn(m_folder.path(), QStringLiteral("certificate.json"), QByteArray::fromStdString(moved.text));
    m_authority = writeIn(m_folder.path(), QStringLiteral("authority.pem"), QByteArray::fromStdString(moved.authorityPem));
    writeIn(m_folder.path(), QStringLiteral("disk.raw"), m_disk);
    writeIn(m_folder.path(), QStringLiteral("object"), m_object);
}

void TestCertifiedDisks::everyFormatHoldsTheSameDisk_data()
{
    QTest::addColumn<QStringList>("options");
    const auto as = [](const char *format, const char *option) {
        return QStringList {QStringLiteral("-O"), QLatin1String(format), QStringLiteral("-o"), QLatin1String(option)};
    };
    QTest::newRow("raw") << QStringList {QStringLiteral("-O"), QStringLiteral("raw")};
    QTest::newRow("qcow2") << as("qcow2", "cluster_size=65536");
    QTest::newRow("qcow2, compressed") << as("qcow2", "compression_type=zstd") + QStringList {QStringLiteral("-c")};
    QTest::newRow("vmdk, monolithic sparse") << as("vmdk", "subformat=monolithicSparse");
    QTest::newRow("vmdk, stream optimized") << as("vmdk", "subformat=streamOptimized");
}

void TestCertifiedDisks::everyFormatHoldsTheSameDisk()
{
    QFETCH(QStringList, options);
    const auto image = convert(path(QStringLiteral("disk.raw")), path(QStringLiteral("disk.image")), options);
    QVERIFY(!image.isEmpty());
    const auto answer = verify({QStringLiteral("v-1=") + image});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY2(answer.err.contains(QStringLiteral("is the certified disk v-1")), qPrintable(answer.err));
}

void TestCertifiedDisks::oneFlippedByteIsFoundAndItsDiskNamed()
{
    QFETCH(QStringList, options);
    for (const qsizetype at : {qsizetype(0), m_disk.size() * 5 / 12, m_disk.size() - 1}) {
        auto flipped = m_disk;
        flipped[at] = char(flipped[at] ^ 1);
        const auto raw = writeIn(m_folder.path(), QStringLiteral("flipped.raw"), flipped);
        const auto image = convert(raw, path(QStringLiteral("flipped.image")), options);
        const auto answer = verify({QStringLiteral("v-1=") + image});
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.err.contains(QStringLiteral("v-1")), qPrintable(answer.err));
    }
}

void TestCertifiedDisks::severalAreNamedByTheirKeys()
{
    const QString disk = QStringLiteral("v-1=") + path(QStringLiteral("disk.raw"));
    const QString object = QString::fromUtf8("a=b/\u00e9t\u00e9.txt=") + path(QStringLiteral("object"));
    const auto answer = verify({disk, object}, {QStringLiteral("--output"), QStringLiteral("json")});
    QCOMPARE(answer.code, 0);
    QVERIFY(QJsonDocument::fromJson(answer.out.toUtf8()).object().value(QStringLiteral("equal")).toBool());
    const auto swapped = verify({disk, QString::fromUtf8("a=b/\u00e9t\u00e9.txt=") + path(QStringLiteral("disk.raw"))});
    QCOMPARE(swapped.code, 1);
    QCOMPARE(verify({path(QStringLiteral("disk.raw"))}).code, 2); // which of the two?
    QCOMPARE(verify({QStringLiteral("v-9=") + path(QStringLiteral("disk.raw"))}).code, 2);
}

void TestCertifiedDisks::aDiskOfAnotherLengthIsAnother()
{
    const QByteArrayList others {m_disk + QByteArray(65536, '\0'), m_disk.chopped(1), m_disk + QByteArray(3, 'y'), QByteArray()};
    for (const auto &other : others) {
        const auto answer = verify({QStringLiteral("v-1=") + writeIn(m_folder.path(), QStringLiteral("other.raw"), other)});
        QCOMPARE(answer.code, 1);
    }
}

void TestCertifiedDisks::digestsMadeAnotherWayAreNotCompared()
{
    const auto moved = world::signedMove({{"v-1", m_disk.size(), rootOf(m_disk)}}, "sha3-of-tomorrow");
    const auto certificate = writeIn(m_folder.path(), QStringLiteral("tomorrow.json"), QByteArray::fromStdString(moved.text));
    const auto authority = writeIn(m_folder.path(), QStringLiteral("tomorrow.pem"), QByteArray::fromStdString(moved.authorityPem));
    const QStringList words {QStringLiteral("--lang"), QStringLiteral("en"), QStringLiteral("certificate"), QStringLiteral("verify"), certificate,
        QStringLiteral("--authority"), authority};
    QCOMPARE(run(words).code, 0); // its signatures are good
    const auto answer = run(words + QStringList {QStringLiteral("--disk"), path(QStringLiteral("disk.raw"))});
    QCOMPARE(answer.code, 1);
    QVERIFY2(answer.err.contains(QStringLiteral("another version")), qPrintable(answer.err));
}

void TestCertifiedDisks::aDiskThatBeginsLikeAnImageIsADisk()
{
    auto disk = bytes(1 << 20, 7);
    disk.replace(0, 4, QByteArray("QFI\xfb"));
    const auto moved = world::signedMove({{"v-1", disk.size(), rootOf(disk)}});
    const auto certificate = writeIn(m_folder.path(), QStringLiteral("one.json"), QByteArray::fromStdString(moved.text));
    const auto authority = writeIn(m_folder.path(), QStringLiteral("one.pem"), QByteArray::fromStdString(moved.authorityPem));
    const auto file = writeIn(m_folder.path(), QStringLiteral("one.raw"), disk);
    QCOMPARE(run({QStringLiteral("certificate"), QStringLiteral("verify"), certificate, QStringLiteral("--authority"), authority,
                     QStringLiteral("--disk"), file})
                 .code,
        0);
}

void TestCertifiedDisks::withoutTheToolsItSaysWhatIsMissing()
{
    const auto image
        = convert(path(QStringLiteral("disk.raw")), path(QStringLiteral("tools.qcow2")), {QStringLiteral("-O"), QStringLiteral("qcow2")});
    const auto before = qgetenv("PATH");
    qputenv("PATH", m_folder.path().toUtf8());
    const auto answer = verify({QStringLiteral("v-1=") + image});
    qputenv("PATH", before);
    QCOMPARE(answer.code, 1);
    QVERIFY2(answer.err.contains(QStringLiteral("qemu-nbd")), qPrintable(answer.err));
}

void TestCertifiedDisks::whatIsNoImageIsSaidSo()
{
    const QByteArrayList all {QByteArray("QFI\xfb rubbish"), QByteArray("KDMV") + QByteArray(4000, 'k'), QByteArray("vhdxfile")};
    for (const auto &rubbish : all) {
        const auto answer = verify({QStringLiteral("v-1=") + writeIn(m_folder.path(), QStringLiteral("rubbish"), rubbish)});
        QCOMPARE(answer.code, 1);
        QVERIFY(!answer.err.isEmpty());
    }
    QCOMPARE(verify({QStringLiteral("v-1=") + path(QStringLiteral("missing"))}).code, 1);
}

QTEST_GUILESS_MAIN(TestCertifiedDisks)
#include "tst_certifieddisks.moc"
