// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// portulanctl orders many migrations, and what failed of them again; a gateway is played over real mutual TLS.
#include "proto/wire.h"
#include "tests/app/programrun.h"
#include "tests/fakes/fakegateway.h"
#include "tests/fakes/papers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <mutex>

using namespace portulan;
using namespace portulan::test;

class TestCtlMigrate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_gateway.reset(); }
    void whatIsRefusedOrFailsIsWrittenDownAndOrderedAgain();
    void whereAllGoesWellNothingIsWritten();
    void aFileThatCannotBeWrittenIsSaid();

private:
    Answer migrate(const QString &plan, const QString &failed)
    {
        return runCtl({QStringLiteral("--federation"), m_federation, QStringLiteral("--lang"), QStringLiteral("en"), QStringLiteral("migrate"),
            QStringLiteral("--from-file"), plan, QStringLiteral("--failed"), failed, QStringLiteral("--wait")});
    }
    QString threeMoves()
    {
        return writeIn(m_folder.path(), QStringLiteral("plan.json"), R"({"items": [
            {"object": "lyon/instance/i-1", "to": "brest", "options": {"mode": "warm", "cut_over": "manual", "window": "22:00-06:00"}},
            {"object": "lyon/instance/i-2", "to": "brest"},
            {"object": "lyon/volume/v-9", "to": "brest", "options": {"bandwidth_bytes_per_second": 1000}}]})");
    }
    static QJsonArray itemsIn(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("items")).toArray()
                                              : QJsonArray();
    }
    static Operation operation(const std::string &object, OperationState state)
    {
        Operation its;
        its.id = {"lyon", ObjectKind::Operation, "op-" + object.substr(object.rfind('/') + 1)};
        its.kind = "migrate";
        its.state = state;
        if (state == OperationState::Failed) {
            its.problem = {Reason::Unreachable, {{"site", "brest"}}, {}};
        }
        return its;
    }
    /// i-1 is refused, v-9 fails, i-2 moves.
    void misbehave()
    {
        m_gateway->migrate = [this, revision = std::uint64_t {2}](const v1::MigrateRequest &request) mutable -> Result<v1::Operation> {
            const std::scoped_lock lock(m_mutex); // they come at once, and what is told is told in order
            m_orders.push_back(request.name());
            if (m_isBad && request.name().ends_with("/i-1")) {
                return refuse(Reason::Refused, {{"rule", "X"}});
            }
            const bool fails = m_isBad && request.name().ends_with("/v-9");
            m_gateway->tell(watching::changes({operation(request.name(), fails ? OperationState::Failed : OperationState::Done)}, revision++));
            return wire::toWire(operation(request.name(), OperationState::Running));
        };
    }

    bool m_isBad = true;
    std::mutex m_mutex;
    std::vector<std::string> m_orders;
    QTemporaryDir m_folder;
    QString m_federation;
    KeyAndCertificate m_authority;
    KeyAndCertificate m_site;
    std::unique_ptr<FakeGateway> m_gateway;
};

void TestCtlMigrate::initTestCase()
{
    m_authority = papers::authority();
    m_site = papers::site(m_authority, "lyon");
    const auto user = papers::user(m_authority, "alice");
    for (const auto &[name, text] :
        {std::pair("authority.pem", m_authority.certificatePem), {"user.pem", user.certificatePem}, {"user.key", user.keyPem}}) {
        const auto path = writeIn(m_folder.path(), QString::fromLatin1(name), QByteArray::fromStdString(text));
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    }
}

void TestCtlMigrate::init()
{
    m_orders.clear();
    m_isBad = true;
    m_gateway = std::make_unique<FakeGateway>();
    m_gateway->script = watching::snapshot({});
    misbehave();
    m_gateway->start(m_site, m_authority.certificatePem);
    m_federation = writeIn(m_folder.path(), QStringLiteral("federation.json"),
        R"({"federation": "Test", "authority": "authority.pem", "client": {"certificate": "user.pem", "key": "user.key"},
        "sites": [{"id": "lyon", "name": "Lyon", "endpoint": ")"
            + QByteArray::fromStdString(m_gateway->endpoint()) + R"("}]})");
}

void TestCtlMigrate::whatIsRefusedOrFailsIsWrittenDownAndOrderedAgain()
{
    const auto failed = m_folder.filePath(QStringLiteral("failed.json"));
    const auto answer = migrate(threeMoves(), failed);
    QVERIFY2(answer.code != 0, qPrintable(answer.out));
    QCOMPARE(m_orders.size(), std::size_t(3));
    QVERIFY2(answer.err.contains(QStringLiteral("2 moves")) && answer.err.contains(failed), qPrintable(answer.err));
    const auto items = itemsIn(failed);
    QCOMPARE(items.size(), 2);
    const auto refused = items.at(0).toObject();
    QCOMPARE(refused.value(QStringLiteral("object")).toString(), QStringLiteral("lyon/instance/i-1"));
    const auto options = refused.value(QStringLiteral("options")).toObject();
    QCOMPARE(options.value(QStringLiteral("mode")).toString(), QStringLiteral("warm"));
    QCOMPARE(options.value(QStringLiteral("cut_over")).toString(), QStringLiteral("manual"));
    QCOMPARE(options.value(QStringLiteral("window")).toString(), QStringLiteral("22:00-06:00"));
    QCOMPARE(items.at(1).toObject().value(QStringLiteral("object")).toString(), QStringLiteral("lyon/volume/v-9"));
    m_orders.clear();
    m_isBad = false;
    const auto again = migrate(failed, failed);
    QVERIFY2(again.code == 0, qPrintable(again.err));
    QCOMPARE(m_orders.size(), std::size_t(2));
    QVERIFY(std::ranges::none_of(m_orders, [](const std::string &name) { return name.ends_with("/i-2"); }));
    QCOMPARE(itemsIn(failed).size(), 2); // it is left as it was
}

void TestCtlMigrate::whereAllGoesWellNothingIsWritten()
{
    m_isBad = false;
    const auto failed = m_folder.filePath(QStringLiteral("none.json"));
    const auto answer = migrate(threeMoves(), failed);
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY(!QFile::exists(failed));
}

void TestCtlMigrate::aFileThatCannotBeWrittenIsSaid()
{
    const auto answer = migrate(threeMoves(), m_folder.filePath(QStringLiteral("no/such/folder/failed.json")));
    QVERIFY(answer.code != 0);
    QVERIFY(!answer.err.isEmpty());
}

QTEST_GUILESS_MAIN(TestCtlMigrate)
#include "tst_ctlmigrate.moc"
