// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The window as a whole: keys, what a rebuilt one keeps, search, columns, alerts, presentation, nothing to show.
#include "models/workloadmodel.h"
#include "tests/ui/screens.h"
#include "ui/map/view.h"

#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTest>

using namespace portulan;
using namespace portulan::test;

class TestWindow : public QObject {
    Q_OBJECT
    std::unique_ptr<Stage> m_stage;

    MainWindow &window() { return m_stage->window(); }
    int page() { return window().whereabouts().page; }
    QTableView &inventory() { return m_stage->the<QTableView>("inventory-table"); }
    QStringList columns()
    {
        QStringList heads;
        const auto *header = inventory().horizontalHeader();
        for (int place = 0; place < header->count(); ++place) {
            if (const int column = header->logicalIndex(place); !header->isSectionHidden(column)) {
                heads += inventory().model()->headerData(column, Qt::Horizontal).toString();
            }
        }
        return heads;
    }
    bool isOnScreen(int column)
    {
        auto *header = inventory().horizontalHeader();
        return !header->isSectionHidden(column) && header->sectionViewportPosition(column) >= 0
            && header->sectionViewportPosition(column) + header->sectionSize(column) <= inventory().viewport()->width();
    }

private Q_SLOTS:
    void init()
    {
        m_stage = std::make_unique<Stage>();
        m_stage->present(QStringLiteral("en"), Theme::Appearance::Light);
    }
    void cleanup() { m_stage.reset(); }

    void itBeginsOnTheMapWithTheKeyboardThere();
    void everyPageHasAKeyAndTheKeyboardFollows();
    void aScreenReaderTurnsPagesAndLayers();
    void everyMenuEntryHasAKeyOrALetter();
    void anotherLanguageChangesTheWordsAndNothingElse();
    void anotherLookChangesTheColoursAndNothingElse();
    void aSearchMakesTheOtherSitesStepBack();
    void theVerdictIsOnScreenWithoutScrolling_data();
    void theVerdictIsOnScreenWithoutScrolling();
    void chosenColumnsAreRemembered();
    void anAlertLeadsToWhatItIsAbout();
    void aSilentSiteIsAnAlertThatCanBeDialledAgain();
    void nothingWrongIsSaid();
    void thePresentationIsFiguresAlone();
    void aWindowWithoutAFederationSaysWhatToDo();
    void aFactThatArrivesLeavesTheKeyboardWhereItIs();
};

void TestWindow::itBeginsOnTheMapWithTheKeyboardThere()
{
    QCOMPARE(page(), int(MainWindow::Map));
    QCOMPARE(QApplication::focusWidget(), &m_stage->the<FederationMap>("map"));
}

void TestWindow::everyPageHasAKeyAndTheKeyboardFollows()
{
    auto *pages = window().findChild<QStackedWidget *>();
    for (int number = pages->count(); number > 0; --number) {
        QTest::keyClick(&window(), Qt::Key(Qt::Key_0 + number), Qt::ControlModifier);
        QCOMPARE(page(), number - 1);
        QVERIFY2(QApplication::focusWidget() != nullptr && pages->currentWidget()->isAncestorOf(QApplication::focusWidget()),
            qPrintable(QString::number(number)));
    }
}

void TestWindow::aScreenReaderTurnsPagesAndLayers()
{
    const auto toggle = [](QWidget &button) {
        auto *actions = QAccessible::queryAccessibleInterface(&button)->actionInterface();
        actions->doAction(actions->actionNames().contains(QAccessibleActionInterface::toggleAction()) ? QAccessibleActionInterface::toggleAction()
                                                                                                      : QAccessibleActionInterface::pressAction());
    };
    toggle(m_stage->the<QAbstractButton>("page-operations"));
    QCOMPARE(page(), int(MainWindow::Operations));
    toggle(m_stage->the<QAbstractButton>("page-map"));
    QCOMPARE(page(), int(MainWindow::Map));
    auto &map = m_stage->the<FederationMap>("map");
    for (auto *button : map.findChildren<QAbstractButton *>()) {
        if (button->text() == QStringLiteral("Capacity")) {
            toggle(*button);
        }
    }
    QVERIFY(map.layer() == MapLayer::Capacity);
}

void TestWindow::everyMenuEntryHasAKeyOrALetter()
{
    for (const auto *menu : window().menuBar()->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly)) {
        QSet<QString> letters;
        for (const auto *entry : menu->actions()) {
            const auto letter = QKeySequence::mnemonic(entry->text()).toString();
            QVERIFY2(entry->isSeparator() || !letter.isEmpty() || !entry->shortcut().isEmpty(), qPrintable(entry->text()));
            QVERIFY2(letter.isEmpty() || !letters.contains(letter), qPrintable(entry->text()));
            letters.insert(letter);
        }
    }
}

void TestWindow::anotherLanguageChangesTheWordsAndNothingElse()
{
    window().showInventory(ObjectKind::Volume, QStringLiteral("v-"));
    window().showInventory(ObjectKind::Instance, QStringLiteral("site:lyon"));
    inventory().sortByColumn(2, Qt::DescendingOrder);
    inventory().selectRow(1);
    m_stage->the<QLineEdit>("search").setText(QStringLiteral("lyon"));
    m_stage->the<FederationMap>("map").setLayer(MapLayer::Capacity);
    m_stage->the<FederationMap>("map").press(m_stage->the<FederationMap>("map").scene().markerOf(QStringLiteral("dublin")));
    m_stage->the<QComboBox>("map-classification").setCurrentIndex(1);
    m_stage->the<FederationMap>("map").zoomIn();
    window().goTo(MainWindow::Audit);
    m_stage->the<QComboBox>("audit-site").setCurrentIndex(2);
    window().goTo(MainWindow::Operations);
    m_stage->the<QTableView>("operations-table").selectRow(1);
    window().showSite(QStringLiteral("brest"));
    window().goTo(MainWindow::Inventory);
    const auto before = window().whereabouts();
    QCOMPARE(before.inventory.selection.size(), 1);
    QVERIFY(!before.operation.isEmpty());
    QVERIFY(before.sight);

    m_stage->present(QStringLiteral("fr"), Theme::Appearance::Light);
    const auto after = window().whereabouts();
    QCOMPARE(after.page, before.page);
    QCOMPARE(after.search, before.search);
    QCOMPARE(after.site, QStringLiteral("dublin"));
    QVERIFY(after.layer == MapLayer::Capacity);
    QVERIFY(after.classification == before.classification);
    QVERIFY(after.sight && after.sight->centre == before.sight->centre && after.sight->scale == before.sight->scale);
    QCOMPARE(after.mapDivision, before.mapDivision);
    QVERIFY(after.inventory.kind == ObjectKind::Instance);
    QCOMPARE(after.inventory.queries.at(ObjectKind::Instance), QStringLiteral("site:lyon"));
    QCOMPARE(after.inventory.queries.at(ObjectKind::Volume), QStringLiteral("v-"));
    QVERIFY(after.inventory.selection == before.inventory.selection);
    QCOMPARE(after.inventory.sortColumn, 2);
    QVERIFY(after.inventory.sortOrder == Qt::DescendingOrder);
    QCOMPARE(after.siteShown, QStringLiteral("brest"));
    QCOMPARE(after.operation, before.operation);
    QCOMPARE(after.auditedSite, before.auditedSite);
    QCOMPARE(columns().front(), QStringLiteral("Nom"));
}

void TestWindow::anotherLookChangesTheColoursAndNothingElse()
{
    window().showInventory(ObjectKind::DataSet, QStringLiteral("imagerie"));
    inventory().selectRow(0);
    const auto light = window().grab().toImage();
    m_stage->present(QStringLiteral("en"), Theme::Appearance::Dark);
    QCOMPARE(page(), int(MainWindow::Inventory));
    QVERIFY(window().whereabouts().inventory.kind == ObjectKind::DataSet);
    QCOMPARE(window().whereabouts().inventory.selection.size(), 1);
    QVERIFY(window().grab().toImage().pixelColor(5, 400).lightness() < light.pixelColor(5, 400).lightness());
}

void TestWindow::aSearchMakesTheOtherSitesStepBack()
{
    auto &map = m_stage->the<FederationMap>("map");
    map.setControlsShown(false);
    const auto disc = [&](const char *site) {
        return map.grab(map.scene().markerBox(map.scene().markerOf(QLatin1String(site)), map.frame()).toRect()).toImage();
    };
    map.drawGroundNow();
    const auto lyon = disc("lyon");
    const auto dublin = disc("dublin");
    m_stage->the<QLineEdit>("search").setText(QStringLiteral("billetterie")); // a machine in Dublin
    QTRY_VERIFY(disc("lyon") != lyon); // faded
    QVERIFY(m_stage->the<QLabel>("status-said").text().contains(QStringLiteral("1 site")));
    m_stage->the<QLineEdit>("search").clear();
    QTRY_VERIFY(disc("lyon") == lyon);
    QTRY_VERIFY(disc("dublin") == dublin);
}

void TestWindow::theVerdictIsOnScreenWithoutScrolling_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("width");
    for (const QString &language : Language::codes()) {
        for (const int width : {1024, 1280, 1920}) {
            QTest::addRow("%s-%d", qPrintable(language), width) << language << width;
        }
    }
}

void TestWindow::theVerdictIsOnScreenWithoutScrolling()
{
    QFETCH(QString, language);
    QFETCH(int, width);
    m_stage->present(language, Theme::Appearance::Light, {width, 800});
    window().goTo(MainWindow::Inventory);
    QTRY_VERIFY(isOnScreen(WorkloadModel::Verdict));
    QTRY_COMPARE(inventory().horizontalScrollBar()->maximum(), 0);
}

void TestWindow::chosenColumnsAreRemembered()
{
    window().goTo(MainWindow::Inventory);
    m_stage->the<QMenu>("columns").aboutToShow();
    const auto entry = [this](const QString &name) {
        for (auto *action : m_stage->the<QMenu>("columns").actions()) {
            if (action->text() == name) {
                return action;
            }
        }
        return static_cast<QAction *>(nullptr);
    };
    QVERIFY(!columns().contains(QStringLiteral("Identifier")));
    entry(QStringLiteral("Identifier"))->setChecked(true);
    m_stage->the<QMenu>("columns").aboutToShow();
    entry(QStringLiteral("Site"))->setChecked(false);
    QVERIFY(columns().contains(QStringLiteral("Identifier")));
    QVERIFY(!columns().contains(QStringLiteral("Site")));
    const auto own = columns();
    m_stage->present(QStringLiteral("en"), Theme::Appearance::Light);
    QCOMPARE(columns(), own);
    window().showInventory(ObjectKind::Volume, QString());
    QVERIFY(columns().contains(QStringLiteral("Site"))); // another kind, another choice
    window().showInventory(ObjectKind::Instance, QString());
    m_stage->the<QMenu>("columns").aboutToShow();
    m_stage->the<QMenu>("columns").actions().front()->trigger(); // as many as fit
    QVERIFY(columns().contains(QStringLiteral("Site")));
}

void TestWindow::anAlertLeadsToWhatItIsAbout()
{
    auto alert = world::alert("lyon", "a-9", AlertSeverity::Critical, {Reason::Integrity, {{"where", "v-1"}}, {}});
    alert.object = "lyon/volume/v-1";
    m_stage->world().link("lyon").tell({alert});
    m_stage->world().settle();
    window().goTo(MainWindow::Alerts);
    auto &table = m_stage->the<QTableView>("alerts-table");
    QTRY_COMPARE(table.model()->rowCount(), 3);
    table.selectRow(0); // the worst first
    QVERIFY(m_stage->the<QPushButton>("alert-object").isEnabled());
    m_stage->the<QPushButton>("alert-object").click();
    QCOMPARE(page(), int(MainWindow::Inventory));
    const auto shown = window().whereabouts().inventory;
    QVERIFY(shown.kind == ObjectKind::Volume);
    QCOMPARE(shown.selection.size(), 1);
    QCOMPARE(shown.selection.front().id, std::string("v-1"));
}

void TestWindow::aSilentSiteIsAnAlertThatCanBeDialledAgain()
{
    m_stage->world().link("brest").lose();
    m_stage->world().settle();
    window().goTo(MainWindow::Alerts);
    auto &table = m_stage->the<QTableView>("alerts-table");
    QTRY_COMPARE(table.model()->rowCount(), 3);
    table.selectRow(0);
    QVERIFY(m_stage->the<QPushButton>("alert-again").isVisible());
    m_stage->the<QPushButton>("alert-again").click();
    QTRY_VERIFY(m_stage->world().federation.standing(QStringLiteral("brest")).state == LinkState::Connecting);
    m_stage->the<QPushButton>("alert-site").click();
    QCOMPARE(page(), int(MainWindow::Site));
}

void TestWindow::nothingWrongIsSaid()
{
    m_stage->world().federation.remove(QStringLiteral("lyon"));
    window().goTo(MainWindow::Alerts);
    QTRY_VERIFY(m_stage->the<QLabel>("alerts-empty").isVisible());
    QVERIFY(m_stage->the<QLabel>("alerts-empty").text().contains(QStringLiteral("Nothing is wrong")));
    QVERIFY(!m_stage->the<QTableView>("alerts-table").isVisible());
}

void TestWindow::thePresentationIsFiguresAlone()
{
    window().goTo(MainWindow::Overview);
    auto &figure = m_stage->the<QAbstractButton>("figure-sites");
    const int height = figure.sizeHint().height();
    QTest::keyClick(&window(), Qt::Key_F11);
    QVERIFY(window().isPresenting());
    QCOMPARE(page(), int(MainWindow::Overview));
    QVERIFY(window().isFullScreen());
    for (const char *chrome : {"top-bar", "navigation", "status-strip"}) {
        QVERIFY2(!m_stage->the<QWidget>(chrome).isVisible(), chrome);
    }
    QVERIFY(!window().menuBar()->isVisible());
    QVERIFY(figure.sizeHint().height() > height + 10);
    QTest::keyClick(&window(), Qt::Key_Escape);
    QVERIFY(!window().isPresenting());
    QVERIFY(!window().isFullScreen());
    QVERIFY(m_stage->the<QWidget>("navigation").isVisible());
    QTRY_COMPARE(figure.sizeHint().height(), height);
}

void TestWindow::aWindowWithoutAFederationSaysWhatToDo()
{
    m_stage = std::make_unique<Stage>(Stage::Crowd::None);
    m_stage->present(QStringLiteral("en"), Theme::Appearance::Light);
    QSignalSpy wanted(&window(), &MainWindow::connectionWanted);
    m_stage->the<QPushButton>("site-connect").click();
    QCOMPARE(wanted.size(), 1);
    window().goTo(MainWindow::Inventory);
    QVERIFY(m_stage->the<QLabel>("inventory-empty").text().contains(QStringLiteral("Connect")));
    QVERIFY(m_stage->the<QLabel>("status-sites").text().contains(QStringLiteral("No federation")));
    for (int number = 0; number <= int(MainWindow::Audit); ++number) {
        window().goTo(MainWindow::Page(number)); // and none of them trips over it
    }
    QCOMPARE(page(), int(MainWindow::Audit));
}

void TestWindow::aFactThatArrivesLeavesTheKeyboardWhereItIs()
{
    m_stage->the<FederationMap>("map").press(m_stage->the<FederationMap>("map").scene().markerOf(QStringLiteral("lyon")));
    m_stage->the<QPushButton>("site-provision").setFocus();
    auto lyon = world::lyon();
    lyon.capacity.used.vcpus += 3;
    m_stage->world().link("lyon").tell({lyon});
    m_stage->world().settle();
    QTRY_VERIFY(QApplication::focusWidget() != nullptr && QApplication::focusWidget()->objectName() == u"site-provision");
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
