// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/ui/screens.h"

#include "models/evacuationplan.h"
#include "tests/ui/evacuating.h"
#include "ui/dialogs/aboutdialog.h"
#include "ui/dialogs/certificatedialog.h"
#include "ui/dialogs/confirmdialog.h"
#include "ui/dialogs/connectdialog.h"
#include "ui/dialogs/evacuatedialog.h"
#include "ui/map/view.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>

namespace portulan::test {

namespace {

const ObjectId patientRecord {"lyon", ObjectKind::Instance, "i-1"};

QWidget *page(Stage &stage, MainWindow::Page page)
{
    stage.window().goTo(page);
    return &stage.window();
}

template <typename W, typename... Args>
QWidget *dialog(Stage &stage, Args &&...args)
{
    auto *made = new W(std::forward<Args>(args)..., &stage.window());
    made->setAttribute(Qt::WA_DeleteOnClose);
    made->open();
    return made;
}

QWidget *chosenInInventory(Stage &stage, ObjectKind kind)
{
    stage.window().showInventory(kind, QString());
    stage.the<QTableView>("inventory-table").selectRow(0);
    return &stage.window();
}

QWidget *connection(Stage &stage, int tab, bool remembers)
{
    auto *made = dialog<ConnectDialog>(
        stage, [] { return world::now(); }, QString(), remembers);
    made->findChild<QTabWidget *>(QStringLiteral("connect-how"))->setCurrentIndex(tab);
    return made;
}

QWidget *palette(Stage &stage)
{
    stage.the<QAbstractButton>("open-palette").click();
    return &stage.the<QDialog>("palette");
}

/// Lyon's emptying, planned.
EvacuateDialog *planned(Stage &stage)
{
    stage.window().emptySite(QStringLiteral("lyon"));
    auto *shown = &stage.the<EvacuateDialog>("evacuate");
    (void)QTest::qWaitFor([shown] { return shown->plan()->isReady(); });
    auto *moves = shown->findChild<QTreeView *>(QStringLiteral("evacuate-moves"));
    moves->setCurrentIndex(moves->model()->index(0, 0, moves->model()->index(0, 0)));
    return shown;
}

QWidget *settings(Stage &stage)
{
    for (auto *action : stage.window().findChildren<QAction *>()) {
        if (action->objectName() == u"action-settings") {
            action->trigger();
        }
    }
    return &stage.the<QDialog>("settings");
}

QWidget *dataOnTheMap(Stage &stage)
{
    page(stage, MainWindow::Map);
    stage.the<FederationMap>("map").setLayer(MapLayer::Data);
    stage.the<FederationMap>("map").press(stage.the<FederationMap>("map").scene().markerOf(QStringLiteral("lyon")));
    return &stage.window();
}

}

const std::vector<Screen> &screens()
{
    static const std::vector<Screen> all {
        {"map", [](Stage &stage) { return page(stage, MainWindow::Map); }},
        {"map-data", dataOnTheMap},
        {"overview", [](Stage &stage) { return page(stage, MainWindow::Overview); }},
        {"machines", [](Stage &stage) { return chosenInInventory(stage, ObjectKind::Instance); }},
        {"volumes", [](Stage &stage) { return chosenInInventory(stage, ObjectKind::Volume); }},
        {"datasets", [](Stage &stage) { return chosenInInventory(stage, ObjectKind::DataSet); }},
        {"site",
            [](Stage &stage) -> QWidget * {
                stage.window().showSite(QStringLiteral("lyon"));
                return &stage.window();
            }},
        {"operations",
            [](Stage &stage) {
                auto *window = page(stage, MainWindow::Operations);
                stage.the<QTableView>("operations-table").selectRow(0);
                return window;
            }},
        {"certificate",
            [](Stage &stage) {
                const auto moved = world::migration("op-9", world::instance("dublin", "triage-1", "triage", Classification::HealthFr), "lyon");
                auto *shown = static_cast<CertificateDialog *>(dialog<CertificateDialog>(stage, stage.desk(), moved));
                (void)QTest::qWaitFor([shown] { return shown->isChecked(); });
                return static_cast<QWidget *>(shown);
            }},
        {"alerts",
            [](Stage &stage) {
                auto *window = page(stage, MainWindow::Alerts);
                stage.the<QTableView>("alerts-table").selectRow(0);
                return window;
            }},
        {"audit", [](Stage &stage) { return page(stage, MainWindow::Audit); }},
        {"presentation",
            [](Stage &stage) -> QWidget * {
                stage.window().present(true);
                return &stage.window();
            }},
        {"provision",
            [](Stage &stage) -> QWidget * {
                stage.window().provision(QStringLiteral("lyon"));
                return &stage.the<QDialog>("provision");
            }},
        {"migrate",
            [](Stage &stage) -> QWidget * {
                stage.window().migrate({patientRecord});
                return &stage.the<QDialog>("migrate");
            }},
        {"migrate-each",
            [](Stage &stage) -> QWidget * {
                stage.window().migrate({patientRecord, {"lyon", ObjectKind::Instance, "i-2"}, {"lyon", ObjectKind::Instance, "i-3"}});
                auto *shown = &stage.the<QDialog>("migrate");
                shown->findChild<QTabWidget *>(QStringLiteral("migrate-tabs"))->setCurrentIndex(1);
                shown->findChild<QTableView *>(QStringLiteral("batch-moves"))->selectRow(1);
                auto *mode = shown->findChild<QComboBox *>(QStringLiteral("batch-mode"));
                mode->setCurrentIndex(2);
                Q_EMIT mode->activated(2);
                return shown;
            }},
        {"evacuate", [](Stage &stage) { return static_cast<QWidget *>(planned(stage)); }},
        {"evacuate-chart",
            [](Stage &stage) {
                auto *dialog = planned(stage);
                dialog->findChild<QTabWidget *>(QStringLiteral("evacuate-tabs"))->setCurrentIndex(1);
                return static_cast<QWidget *>(dialog);
            }},
        {"evacuation",
            [](Stage &stage) -> QWidget * {
                stage.window().showOperation(underWay(stage));
                auto &tree = stage.the<QTreeView>("evacuation-moves");
                tree.setCurrentIndex(tree.model()->index(0, 0, tree.model()->index(0, 0)));
                return &stage.window();
            }},
        {"settings", settings},
        {"about", [](Stage &stage) { return dialog<AboutDialog>(stage); }},
        {"connect", [](Stage &stage) { return connection(stage, 0, true); }},
        {"connect-by-hand", [](Stage &stage) { return connection(stage, 1, false); }},
        {"confirm",
            [](Stage &stage) {
                chosenInInventory(stage, ObjectKind::Instance);
                stage.the<QPushButton>("inventory-delete").click();
                return static_cast<QWidget *>(&stage.the<QDialog>("confirm"));
            }},
        {"palette", palette},
    };
    return all;
}

QWidget *goTo(const Screen &screen, Stage &stage)
{
    stage.window().present(false);
    stage.the<FederationMap>("map").setLayer(MapLayer::Compliance);
    auto *shown = screen.open(stage);
    QApplication::setActiveWindow(shown); // what a window manager does
    const auto settle = [] { // a layout in a layout is asked a turn of the event loop later
        for (int depth = 0; depth < 8; ++depth) {
            QCoreApplication::processEvents();
        }
    };
    const auto size = stage.window().normalGeometry().size();
    settle();
    if (stage.window().isPresenting()) {
        stage.window().resize(size); // the screen of this platform is smaller than any projector
        settle();
    }
    return shown;
}

}
