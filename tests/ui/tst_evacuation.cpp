// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Emptying a site from the window: planned, ordered, followed, steered, proved.
#include "models/evacuationplan.h"
#include "models/waveplanmodel.h"
#include "tests/ui/evacuating.h"
#include "ui/dialogs/evacuatedialog.h"
#include "ui/map/view.h"
#include "ui/pages/evacuationview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>

using namespace portulan;
using namespace portulan::test;

class TestEvacuation : public QObject {
    Q_OBJECT

    std::unique_ptr<Stage> m_stage;

    FakeLink &lyon() { return m_stage->world().link("lyon"); }
    EvacuateDialog &planned()
    {
        m_stage->window().emptySite(QStringLiteral("lyon"));
        auto &dialog = m_stage->the<EvacuateDialog>("evacuate");
        (void)QTest::qWaitFor([&dialog] { return dialog.plan()->isReady(); });
        return dialog;
    }
    QPushButton &button(const char *name) { return m_stage->the<QPushButton>(name); }
    std::vector<Request> requests(std::size_t from) { return {lyon().requests.begin() + std::ptrdiff_t(from), lyon().requests.end()}; }
    void chooseMove(const char *name)
    {
        auto &tree = m_stage->the<QTreeView>("evacuation-moves");
        const auto *model = tree.model();
        for (int wave = 0; wave < model->rowCount(); ++wave) {
            for (int row = 0; row < model->rowCount(model->index(wave, 0)); ++row) {
                const auto move = model->index(row, 0, model->index(wave, 0));
                if (move.data().toString() == QLatin1String(name)) {
                    tree.setCurrentIndex(move);
                }
            }
        }
    }

private Q_SLOTS:
    void init()
    {
        m_stage = std::make_unique<Stage>();
        m_stage->present(QStringLiteral("en"), Theme::Appearance::Light);
    }
    void cleanup() { m_stage.reset(); }

    void itIsOfferedWhereASiteIs();
    void itIsPlannedBeforeItCanBeOrdered();
    void whatIsDecidedAboutOneThingIsPlannedAnew();
    void whatCannotMoveLiveSaysWhyAndMayMoveOtherwise();
    void whatCannotMoveIsListedAndNothingCanBeDecidedAboutIt();
    void whatIsTypedWronglyIsSaidAndNotOrdered();
    void withoutADestinationThereIsNoPlan();
    void orderedItIsFollowed();
    void itIsSteeredAsAWhole();
    void onlyWhatFailedIsOrderedAgain();
    void aMoveLeadsToItsOperationAndItsCertificate();
    void allCertificatesAreSavedAtOnce();
};

void TestEvacuation::itIsOfferedWhereASiteIs()
{
    auto &map = m_stage->the<FederationMap>("map");
    const int marker = map.scene().markerOf(QStringLiteral("lyon"));
    map.press(marker);
    QVERIFY(button("site-empty").isEnabled());
    QVERIFY(m_stage->window().findChild<QPushButton *>(QStringLiteral("site-leave")) == nullptr); // its operator runs no other
    map.setCurrent(marker);
    QContextMenuEvent keyboard(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(&map, &keyboard);
    auto &menu = m_stage->the<QMenu>("site-menu");
    const auto entries = menu.actions();
    for (auto *entry : entries) {
        if (entry->text() == QStringLiteral("&Empty this site…")) {
            entry->trigger();
        }
    }
    QCOMPARE(m_stage->the<EvacuateDialog>("evacuate").plan()->choices().site, QStringLiteral("lyon"));
    delete &menu;
    delete &m_stage->the<EvacuateDialog>("evacuate");
    button("site-empty").click();
    delete &m_stage->the<EvacuateDialog>("evacuate");
    m_stage->world().link("brest").lose();
    m_stage->world().settle();
    map.press(map.scene().markerOf(QStringLiteral("brest")));
    QTRY_VERIFY(!button("site-empty").isEnabled());
}

void TestEvacuation::itIsPlannedBeforeItCanBeOrdered()
{
    lyon().holdAnswers();
    m_stage->window().emptySite(QStringLiteral("lyon"));
    auto &dialog = m_stage->the<EvacuateDialog>("evacuate");
    auto &go = button("evacuate-go");
    QVERIFY(!go.isEnabled());
    button("evacuate-stop").click();
    QVERIFY(dialog.plan()->doing() == EvacuationPlan::Doing::Nothing);
    lyon().releaseAnswers();
    QVERIFY(!go.isEnabled());
    button("evacuate-stop").click(); // plans again
    QTRY_VERIFY(go.isEnabled());
    QVERIFY(m_stage->the<QLabel>("evacuate-figures").text().contains(QStringLiteral("wave")));
    QVERIFY(m_stage->the<QLabel>("evacuate-warnings").text().contains(QStringLiteral("no place")));
    const auto *moves = m_stage->the<QTreeView>("evacuate-moves").model();
    QVERIFY(moves->rowCount() >= 2);
    QVERIFY(moves->index(0, 0).data().toString().startsWith(QStringLiteral("No place")));
}

void TestEvacuation::whatIsDecidedAboutOneThingIsPlannedAnew()
{
    auto &dialog = planned();
    auto &tree = m_stage->the<QTreeView>("evacuate-moves");
    auto &to = m_stage->the<QComboBox>("evacuate-thing-to");
    QVERIFY(!to.isEnabled()); // nothing is chosen
    const auto choose = [&](const char *name) {
        for (int group = 0; group < tree.model()->rowCount(); ++group) {
            for (int row = 0; row < tree.model()->rowCount(tree.model()->index(group, 0)); ++row) {
                const auto index = tree.model()->index(row, 0, tree.model()->index(group, 0));
                if (index.data().toString() == QLatin1String(name)) {
                    tree.setCurrentIndex(index);
                    return;
                }
            }
        }
        QFAIL(name);
    };
    choose("web-2");
    QVERIFY(to.isEnabled());
    to.setCurrentIndex(to.findData(QStringLiteral("dublin")));
    Q_EMIT to.activated(to.currentIndex());
    QTRY_VERIFY(dialog.plan()->isReady());
    const auto order = dialog.plan()->order();
    const auto moved = std::ranges::find(order.moves, "i-3", [](const auto &move) { return move.order.object.id; });
    QVERIFY(moved != order.moves.end());
    QCOMPARE(moved->order.toSite, std::string("dublin"));
    QCOMPARE(tree.currentIndex().data().toString(), QStringLiteral("web-2")); // still chosen
    m_stage->the<QCheckBox>("evacuate-thing-stays").click();
    QTRY_VERIFY(dialog.plan()->isReady());
    QVERIFY(std::ranges::none_of(dialog.plan()->order().moves, [](const auto &move) { return move.order.object.id == "i-3"; }));
    QVERIFY(
        tree.model()->index(tree.model()->rowCount() - 2, 0).data().toString().startsWith(QStringLiteral("Left here"))); // before what cannot move
    m_stage->the<QCheckBox>("evacuate-thing-stays").click();
    m_stage->the<QComboBox>("evacuate-mode").setCurrentIndex(3);
    QTRY_VERIFY(dialog.plan()->isReady() && dialog.plan()->choices().mode == MoveMode::Warm);
    QVERIFY(dialog.plan()->choices().cutOver == CutOver::Manual);
    m_stage->the<QComboBox>("evacuate-mode").setCurrentIndex(1);
    QTRY_VERIFY(dialog.plan()->isReady() && dialog.plan()->choices().mode == MoveMode::Cold);
    QVERIFY(dialog.plan()->choices().cutOver == CutOver::Manual);
}

void TestEvacuation::whatCannotMoveLiveSaysWhyAndMayMoveOtherwise()
{
    auto &dialog = planned();
    auto &tree = m_stage->the<QTreeView>("evacuate-moves");
    lyon().onPlan = [](const Migrate &order) {
        MigrationAssessment assessment;
        assessment.linkBytesPerSecond = 100'000'000;
        if (order.mode == MoveMode::Live && order.object.id == "i-2") {
            assessment.blockers = {{Reason::Unsupported, {{"what", "migrate.live"}, {"cause", "other-processor"}}, {}}};
        }
        return Result<MigrationAssessment>(assessment);
    };
    auto &mode = m_stage->the<QComboBox>("evacuate-mode");
    mode.setCurrentIndex(4);
    QTRY_VERIFY(dialog.plan()->isReady() && dialog.plan()->choices().mode == MoveMode::Live);
    const auto &warnings = m_stage->the<QLabel>("evacuate-warnings");
    QTRY_VERIFY2(warnings.text().contains(QStringLiteral("1 machine cannot move live")), qPrintable(warnings.text()));
    const auto &model = dynamic_cast<WavePlanModel &>(*tree.model());
    const auto web = model.indexOf({"lyon", ObjectKind::Instance, "i-2"});
    QVERIFY(web.siblingAtColumn(WavePlanModel::Why).data().toString().contains(QStringLiteral("other processors")));
    QCOMPARE(web.siblingAtColumn(WavePlanModel::Mode).data().toString(), QStringLiteral("Live"));
    tree.setCurrentIndex(web);
    auto &its = m_stage->the<QComboBox>("evacuate-thing-mode");
    its.setCurrentIndex(3); // warm
    Q_EMIT its.activated(3);
    QTRY_VERIFY(dialog.plan()->isReady() && dialog.plan()->hindered() == 0);
    m_stage->the<QCheckBox>("evacuate-start").click(); // a live move is of a machine that goes on
    QTRY_VERIFY(m_stage->the<QLabel>("evacuate-problem").isVisible());
    QVERIFY(!button("evacuate-go").isEnabled());
}

void TestEvacuation::whatCannotMoveIsListedAndNothingCanBeDecidedAboutIt()
{
    planned();
    auto &tree = m_stage->the<QTreeView>("evacuate-moves");
    const auto last = tree.model()->index(tree.model()->rowCount() - 1, 0);
    QVERIFY(last.data().toString().startsWith(QStringLiteral("Cannot move")));
    QCOMPARE(tree.model()->rowCount(last), 2); // a snapshot, and an image of no project
    tree.setCurrentIndex(tree.model()->index(0, 0, last));
    QVERIFY(!m_stage->the<QCheckBox>("evacuate-thing-stays").isEnabled());
    QVERIFY(m_stage->the<QLabel>("evacuate-warnings").text().contains(QStringLiteral("cannot move")));
}

void TestEvacuation::whatIsTypedWronglyIsSaidAndNotOrdered()
{
    planned();
    auto &problem = m_stage->the<QLabel>("evacuate-problem");
    for (const char *field : {"evacuate-bandwidth", "evacuate-hours"}) {
        m_stage->the<QLineEdit>(field).setText(QStringLiteral("at night"));
        QVERIFY(!button("evacuate-go").isEnabled());
        QTRY_VERIFY(problem.isVisible());
        QVERIFY(!problem.text().isEmpty());
        m_stage->the<QLineEdit>(field).clear();
        QTRY_VERIFY(button("evacuate-go").isEnabled());
        QVERIFY(!problem.isVisible());
    }
}

void TestEvacuation::withoutADestinationThereIsNoPlan()
{
    auto &dialog = planned();
    auto &sites = m_stage->the<QTreeWidget>("evacuate-sites");
    QCOMPARE(sites.topLevelItemCount(), 2);
    for (int i = 0; i < sites.topLevelItemCount(); ++i) {
        sites.topLevelItem(i)->setCheckState(0, Qt::Unchecked);
    }
    QVERIFY(!button("evacuate-go").isEnabled());
    QTRY_VERIFY(m_stage->the<QLabel>("evacuate-problem").isVisible());
    QVERIFY(!button("evacuate-go").isEnabled());
    sites.topLevelItem(1)->setCheckState(0, Qt::Checked);
    QTRY_VERIFY(dialog.plan()->isReady());
    QCOMPARE(dialog.plan()->choices().to.size(), 1);
    QTRY_VERIFY(button("evacuate-go").isEnabled());
}

void TestEvacuation::orderedItIsFollowed()
{
    planned();
    const auto before = lyon().requests.size();
    button("evacuate-go").click();
    QTRY_COMPARE(lyon().requests.size(), before + 1);
    QVERIFY(std::holds_alternative<Evacuate>(lyon().requests.back().order));
    QTRY_COMPARE(m_stage->window().whereabouts().page, int(MainWindow::Operations));
}

void TestEvacuation::itIsSteeredAsAWhole()
{
    m_stage->window().showOperation(underWay(*m_stage));
    const auto figures = m_stage->the<QLabel>("evacuation-figures").text();
    QVERIFY2(figures.contains(QStringLiteral("1 of 4 moved")) && figures.contains(QStringLiteral("planned")), qPrintable(figures));
    auto before = lyon().requests.size();
    QVERIFY(button("evacuation-cutover").isEnabled());
    button("evacuation-cutover").click();
    auto sent = requests(before);
    QCOMPARE(sent.size(), std::size_t(1));
    QCOMPARE(std::get<CutOverOperation>(sent.front().order).operation.id, std::string("op-e3"));
    button("evacuation-pause").click();
    QVERIFY(std::holds_alternative<PauseOperation>(lyon().requests.back().order));
    auto paused = lyonBeingEmptied().back();
    paused.state = OperationState::Paused;
    lyon().tell({paused});
    m_stage->world().settle();
    QTRY_COMPARE(button("evacuation-pause").text().remove(u'&'), QStringLiteral("Resume all"));
    button("evacuation-pause").click();
    QVERIFY(std::holds_alternative<ResumeOperation>(lyon().requests.back().order));
    QVERIFY(!button("evacuation-retry").isEnabled()); // the site itself still tries
    button("evacuation-cancel").click();
    QCOMPARE(std::get<CancelOperation>(lyon().requests.back().order).operation.id, std::string("op-evac"));
}

void TestEvacuation::onlyWhatFailedIsOrderedAgain()
{
    m_stage->window().showOperation(underWay(*m_stage));
    auto told = lyonBeingEmptied();
    told[0].state = OperationState::Failed;
    told[3].state = OperationState::Done;
    lyon().tell({told[0], told[3]});
    m_stage->world().settle();
    QTRY_VERIFY(button("evacuation-retry").isEnabled());
    button("evacuation-retry").click();
    const auto &again = std::get<Evacuate>(lyon().requests.back().order);
    QCOMPARE(again.moves.size(), std::size_t(2)); // what failed, and what came after and was not begun
    QCOMPARE(again.moves[0].order.object.id, std::string("i-1"));
    QCOMPARE(again.moves[1].order.object.id, std::string("imagerie"));
    QCOMPARE(again.moves[0].order.retentionSeconds, 3600); // as it was ordered
}

void TestEvacuation::aMoveLeadsToItsOperationAndItsCertificate()
{
    const auto evacuation = underWay(*m_stage);
    m_stage->window().showOperation(evacuation);
    QVERIFY(!button("evacuation-move").isEnabled());
    chooseMove("web-2");
    QVERIFY(button("evacuation-certificate").isEnabled());
    button("evacuation-certificate").click();
    delete &m_stage->the<QDialog>("certificate");
    button("evacuation-move").click();
    QCOMPARE(m_stage->window().whereabouts().operation, QStringLiteral("lyon/operation/op-e1"));
    QVERIFY(m_stage->the<QWidget>("operation-log").isVisible());
    m_stage->window().showOperation(evacuation);
    chooseMove("web-1");
    QVERIFY(!button("evacuation-certificate").isEnabled()); // it is not over
}

void TestEvacuation::allCertificatesAreSavedAtOnce()
{
    m_stage->window().showOperation(underWay(*m_stage));
    auto &view = m_stage->the<EvacuationView>("evacuation");
    QVERIFY(button("evacuation-save").isEnabled());
    const QTemporaryDir folder;
    QSignalSpy said(&view, &EvacuationView::said);
    view.saveCertificates(folder.path());
    QTRY_COMPARE(said.count(), 2); // that it begins, how it ended
    const auto files = QDir(folder.path()).entryList(QDir::Files);
    QCOMPARE(files.size(), 2);
    QVERIFY(files.contains(QStringLiteral("evacuation.pdf")));
    QVERIFY2(files.last().startsWith(QStringLiteral("instance-i-3-")), qPrintable(files.join(u' ')));
    QFile proof(QDir(folder.path()).filePath(files.last()));
    QVERIFY(proof.open(QIODevice::ReadOnly));
    QCOMPARE(proof.readAll(), lyon().certificate.value());
    said.clear();
    lyon().certificate = QByteArray("{}"); // what does not check is not saved, and said
    const QTemporaryDir other;
    view.saveCertificates(other.path());
    QTRY_COMPARE(said.count(), 2);
    QCOMPARE(QDir(other.path()).entryList(QDir::Files), QStringList {QStringLiteral("evacuation.pdf")});
    QVERIFY2(said.last().at(0).toString().contains(QStringLiteral("0 of 1")), qPrintable(said.last().at(0).toString()));
}

QTEST_MAIN(TestEvacuation)
#include "tst_evacuation.moc"
