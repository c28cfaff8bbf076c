// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/alertmodel.h"
#include "models/auditmodel.h"
#include "models/capacityhistory.h"
#include "models/findingmodel.h"
#include "models/operationmodel.h"
#include "models/phrases.h"
#include "models/roles.h"
#include "models/sitemodel.h"
#include "models/workloadmodel.h"
#include "tests/models/consoleworld.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace portulan;

class TestModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sitesAreThereBeforeTheySpeakAndAfterTheyFallSilent();
    void instancesOfAllSitesAreOneList();
    void aQueryKeepsWhatMatches();
    void aMistakenQueryChangesNothing();
    void newRowsAppearInTheirPlace();
    void aVanishedRowTakesItsSelectionWithIt();
    void aSelectionSurvivesSorting();
    void aSlotUsedAgainIsAnotherRow();
    void aMigrationIsOneRow();
    void silentSitesAreAlerts();
    void aVerdictShowsItsProof();
    void aForecastFollowsTheSamples();
    void anAuditTrailIsFetchedByPages();
    void aTwentyThousandthRowMovesTheWorkOffTheThread();
};

namespace {

QStringList column(const QAbstractItemModel &model, int column)
{
    QStringList cells;
    for (int row = 0; row < model.rowCount(); ++row) {
        cells.append(model.index(row, column).data().toString());
    }
    return cells;
}
constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::QtTest;
QStringList words(std::initializer_list<const char *> list)
{
    QStringList strings;
    for (const char *word : list) {
        strings.append(QString::fromUtf8(word));
    }
    return strings;
}

}

void TestModels::sitesAreThereBeforeTheySpeakAndAfterTheyFallSilent()
{
    test::ConsoleWorld console;
    CensusTaker census(console.federation);
    SiteModel model(console.federation, census);
    const QAbstractItemModelTester tester(&model, strict);
    console.goLive();
    QCOMPARE(column(model, SiteModel::Name), words({"Brest Arsenal", "Dublin Docklands", "Lyon Confluence"}));
    QCOMPARE(column(model, SiteModel::Country), words({"France", "Ireland", "France"}));
    QTRY_COMPARE(column(model, SiteModel::Instances), words({"1", "1", "3"}));
    QVERIFY(!model.index(2, 0).data(StaleRole).toBool());
    console.now += std::chrono::seconds(90);
    console.link("lyon").lose();
    QTRY_VERIFY(model.index(2, 0).data(StaleRole).toBool());
    QCOMPARE(model.age(QStringLiteral("lyon")), 90'000);
    console.federation.remove(QStringLiteral("dublin"));
    QCOMPARE(model.rowCount(), 2);
}

void TestModels::instancesOfAllSitesAreOneList()
{
    test::ConsoleWorld console;
    WorkloadModel model(console.federation, ObjectKind::Instance);
    const QAbstractItemModelTester tester(&model, strict);
    console.goLive();
    QTRY_COMPARE(column(model, WorkloadModel::Name), words({"billetterie", "capteurs", "dossier-patient", "web-1", "web-2"}));
    QCOMPARE(
        column(model, WorkloadModel::Site), words({"Dublin Docklands", "Brest Arsenal", "Lyon Confluence", "Lyon Confluence", "Lyon Confluence"}));
    QCOMPARE(model.index(2, 0).data(IdRole).toString(), QStringLiteral("lyon/instance/i-1"));
    QCOMPARE(model.index(2, WorkloadModel::Size).data(SortRole).toLongLong(), qint64(50) << 30);
    for (const ObjectKind kind : {ObjectKind::Volume, ObjectKind::Image, ObjectKind::Snapshot, ObjectKind::DataSet, ObjectKind::Network}) {
        WorkloadModel other(console.federation, kind);
        const QAbstractItemModelTester otherTester(&other, strict);
        QVERIFY(other.rowCount() > 0);
        QVERIFY(!WorkloadModel::columnsOf(kind).isEmpty());
    }
}

void TestModels::aQueryKeepsWhatMatches()
{
    test::ConsoleWorld console;
    console.goLive();
    WorkloadModel model(console.federation, ObjectKind::Instance);
    const QAbstractItemModelTester tester(&model, strict);
    QVERIFY(model.setQuery(QStringLiteral("site:lyon web")));
    QTRY_COMPARE(column(model, WorkloadModel::Name), words({"web-1", "web-2"}));
    auto renamed = world::instance("lyon", "i-3", "archive", Classification::Open);
    console.link("lyon").tell({renamed}); // matches no more
    QTRY_COMPARE(column(model, WorkloadModel::Name), words({"web-1"}));
    QCOMPARE(model.total(), 5);
    QVERIFY(model.setQuery({}));
    QTRY_COMPARE(model.rowCount(), 5);
}

void TestModels::aMistakenQueryChangesNothing()
{
    test::ConsoleWorld console;
    console.goLive();
    WorkloadModel model(console.federation, ObjectKind::Instance);
    const auto answer = model.setQuery(QStringLiteral("colour:blue"));
    QVERIFY(!answer);
    QVERIFY(answer.error().reason == Reason::InvalidArgument);
    QCOMPARE(model.rowCount(), 5);
}

void TestModels::newRowsAppearInTheirPlace()
{
    test::ConsoleWorld console;
    console.goLive();
    WorkloadModel model(console.federation, ObjectKind::Instance);
    const QAbstractItemModelTester tester(&model, strict);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    console.link("brest").tell({world::instance("brest", "i-7", "camera")});
    QTRY_COMPARE(column(model, WorkloadModel::Name), words({"billetterie", "camera", "capteurs", "dossier-patient", "web-1", "web-2"}));
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(inserted.at(0).at(1).toInt(), 1);
    QCOMPARE(reset.count(), 0);
}

void TestModels::aVanishedRowTakesItsSelectionWithIt()
{
    test::ConsoleWorld console;
    console.goLive();
    WorkloadModel model(console.federation, ObjectKind::Instance);
    const QAbstractItemModelTester tester(&model, strict);
    const QPersistentModelIndex gone(model.index(0, 0));
    const QPersistentModelIndex stays(model.index(2, 0));
    console.link("dublin").tell({Vanished {{"dublin", ObjectKind::Instance, "i-1"}}});
    QTRY_COMPARE(model.rowCount(), 4);
    QVERIFY(!gone.isValid());
    QCOMPARE(stays.data().toString(), QStringLiteral("dossier-patient"));
}

void TestModels::aSelectionSurvivesSorting()
{
    test::ConsoleWorld console;
    console.goLive();
    WorkloadModel model(console.federation, ObjectKind::Instance);
    const QAbstractItemModelTester tester(&model, strict);
    const QPersistentModelIndex chosen(model.index(1, WorkloadModel::Name));
    model.sort(WorkloadModel::Name, Qt::DescendingOrder);
    QTRY_COMPARE(column(model, WorkloadModel::Name), words({"web-2", "web-1", "dossier-patient", "capteurs", "billetterie"}));
    QCOMPARE(chosen.data().toString(), QStringLiteral("capteurs"));
    QCOMPARE(chosen.row(), 3);
}

void TestModels::aSlotUsedAgainIsAnotherRow()
{
    test::ConsoleWorld console;
    console.goLive();
    WorkloadModel model(console.federation, ObjectKind::Instance);
    const QAbstractItemModelTester tester(&model, strict);
    const QPersistentModelIndex old(model.index(1, 0));
    console.link("brest").tell({Vanished {{"brest", ObjectKind::Instance, "i-1"}}, world::instance("brest", "i-8", "capteurs-2")});
    QTRY_COMPARE(column(model, WorkloadModel::Name), words({"billetterie", "capteurs-2", "dossier-patient", "web-1", "web-2"}));
    QVERIFY2(!old.isValid(), "what was selected must not become another machine");
}

void TestModels::aMigrationIsOneRow()
{
    test::ConsoleWorld console;
    console.goLive();
    OperationModel model(console.federation);
    const QAbstractItemModelTester tester(&model, strict);
    auto leaving = world::migration("op-1", world::instance("lyon", "i-2", "web-1"), "brest");
    auto incoming = leaving;
    incoming.id.site = "brest";
    incoming.kind = "migrate.incoming";
    console.link("brest").tell({incoming});
    QTRY_COMPARE(model.rowCount(), 1);
    console.link("lyon").tell({leaving});
    QTRY_COMPARE(column(model, OperationModel::What), words({"Migrate web-1 to Brest Arsenal"}));
    QCOMPARE(model.index(0, 0).data(ShareRole).toDouble(), 0.25);
    QCOMPARE(model.running(), 1);
    leaving.state = OperationState::Failed;
    leaving.problem = {Reason::DiskFull, {}, {}};
    leaving.endedAt = world::now();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    console.link("lyon").tell({leaving});
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(model.index(0, OperationModel::Phase).data().toString(), Phrases::title(Reason::DiskFull));
    QCOMPARE(model.running(), 0);
}

void TestModels::silentSitesAreAlerts()
{
    test::ConsoleWorld console;
    console.goLive();
    AlertModel model(console.federation);
    const QAbstractItemModelTester tester(&model, strict);
    console.link("lyon").tell({world::alert("lyon", "a-1", AlertSeverity::Warning, {Reason::Expired, {{"until", "2026-12-01"}}, {}})});
    QTRY_COMPARE(model.rowCount(), 1);
    console.link("brest").refuse();
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, AlertModel::Site).data().toString(), QStringLiteral("Brest Arsenal"));
    QCOMPARE(model.count(AlertSeverity::Critical), 1);
    console.link("brest").goLive(world::things("brest"));
    QTRY_COMPARE(model.rowCount(), 1);
}

void TestModels::aVerdictShowsItsProof()
{
    test::ConsoleWorld console;
    console.goLive();
    FindingModel model;
    const QAbstractItemModelTester tester(&model, strict);
    const auto verdict = console.federation.judge({"lyon", ObjectKind::Instance, "i-1"}, QStringLiteral("dublin")).value();
    model.setVerdict(verdict);
    QCOMPARE(model.rowCount(), int(verdict.findings.size()));
    QVERIFY(model.rowCount() > 0);
    const auto first = model.index(0, 0);
    QVERIFY(model.rowCount(first) >= 3);
    QVERIFY(first.data().toString().startsWith(QString::fromStdString(verdict.findings[0].rule)));
    QVERIFY(model.index(1, 0, first).data().toString().contains(QString::fromStdString(verdict.findings[0].source.reference)));
    QCOMPARE(model.finding(model.index(2, 0, first)), &model.verdict().findings[0]);
}

void TestModels::aForecastFollowsTheSamples()
{
    test::ConsoleWorld console;
    console.goLive();
    const auto sample = [](int day, std::int64_t used) { return CapacitySample {world::now() + std::chrono::days(day), {0, 0, used}, {0, 0, 100}}; };
    console.link("lyon").samples = QVector<CapacitySample> {sample(-2, 30), sample(-1, 40)};
    CapacityHistory history(console.federation);
    const QAbstractItemModelTester tester(&history, strict);
    history.setSite(QStringLiteral("lyon"));
    QTRY_COMPARE(history.rowCount(), 2);
    QVERIFY(!history.canForecast());
    QCOMPARE(history.daysUntilFull(CapacityHistory::StorageShare), -1);
    console.link("lyon").tell({Sampled {"lyon", sample(0, 50)}});
    QTRY_COMPARE(history.rowCount(), 3);
    QVERIFY(history.canForecast());
    QVERIFY(std::abs(history.daysUntilFull(CapacityHistory::StorageShare) - 5) < 0.01);
    QCOMPARE(history.daysUntilFull(CapacityHistory::VcpuShare), -1);
}

void TestModels::anAuditTrailIsFetchedByPages()
{
    test::ConsoleWorld console;
    console.goLive();
    AuditEntry entry;
    entry.action = QStringLiteral("instance.start");
    console.link("lyon").auditPage = AuditPage {{entry, entry}, QStringLiteral("more")};
    AuditModel model(console.federation);
    const QAbstractItemModelTester tester(&model, strict);
    connect(&model, &AuditModel::paged, this, [&] { console.link("lyon").auditPage = AuditPage {{entry}, {}}; }); // the second is the last
    model.show(QStringLiteral("lyon"));
    QTRY_VERIFY(model.rowCount() >= 2);
    model.fetchMore({});
    QTRY_VERIFY(model.rowCount() >= 3); // the tester fetches too
    QTRY_VERIFY(!model.canFetchMore({}));
    QCOMPARE(model.index(0, AuditModel::Action).data().toString(), QStringLiteral("Start an instance"));
    disconnect(&model, nullptr, this, nullptr);
    console.link("lyon").auditPage = refuse(Reason::NotAuthorised);
    model.show(QStringLiteral("lyon"));
    QTRY_VERIFY(model.problem() != nullptr);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.canFetchMore({}));
}

void TestModels::aTwentyThousandthRowMovesTheWorkOffTheThread()
{
    test::ConsoleWorld console;
    console.goLive();
    std::vector<Thing> things;
    for (int i = 0; i < 21'000; ++i) {
        things.emplace_back(world::instance("lyon", "m-" + std::to_string(i), "m " + std::to_string(20'999 - i)));
    }
    console.link("lyon").tell(things);
    QTRY_VERIFY_WITH_TIMEOUT(console.federation.isCaughtUp(), 30'000);
    WorkloadModel model(console.federation, ObjectKind::Instance);
    const QAbstractItemModelTester tester(&model, strict);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 21'005, 30'000);
    QVERIFY(model.setQuery(QStringLiteral("name:m site:lyon")));
    model.sort(WorkloadModel::Name, Qt::DescendingOrder);
    QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 30'000);
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("m 20999"));
    QCOMPARE(model.rowOfObject({"lyon", ObjectKind::Instance, "m-0"}), 0);
    const QPersistentModelIndex kept(model.index(10, 0));
    console.link("lyon").tell({Vanished {{"lyon", ObjectKind::Instance, "m-1"}}});
    QTRY_COMPARE(kept.row(), 9);
    QCOMPARE(kept.data().toString(), QStringLiteral("m 20989"));
}

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
