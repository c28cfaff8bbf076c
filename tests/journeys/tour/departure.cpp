// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The part of the tour in which a whole site is left: planned in waves, followed, cut over by hand, proved.
#include "models/evacuationmoves.h"
#include "models/evacuationplan.h"
#include "tests/journeys/tour/tour.h"
#include "ui/dialogs/evacuatedialog.h"
#include "ui/pages/evacuationview.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

namespace portulan {

namespace {

const QString left = QStringLiteral("dublin");
constexpr int warmAndISayWhen = 3;

template <typename W>
W *child(QWidget &in, const char *name)
{
    auto *found = in.findChild<W *>(QString::fromLatin1(name));
    if (found == nullptr) {
        qFatal("the tour finds no control named %s", name);
    }
    return found;
}

/// What the site still owns of what can move.
int owned(const Inventory &inventory)
{
    int count = 0;
    for (const ObjectKind kind : {ObjectKind::Instance, ObjectKind::Volume, ObjectKind::DataSet}) {
        for (const Row &row : inventory.rows(kind)) {
            count += row.alive && row.site == inventory.ref(left.toStdString()) && row.custody != Custody::Retained ? 1 : 0;
        }
    }
    return count;
}

EvacuateDialog *fillEvacuation(MainWindow &window)
{
    window.emptySite(left);
    auto *dialog = child<EvacuateDialog>(window, "evacuate");
    child<QComboBox>(*dialog, "evacuate-mode")->setCurrentIndex(warmAndISayWhen);
    QTest::keyClicks(child<QLineEdit>(*dialog, "evacuate-bandwidth"), QStringLiteral("100 kB")); // slow enough to be seen
    (void)QTest::qWaitFor([&] { return child<QPushButton>(*dialog, "evacuate-go")->isEnabled(); }, 20'000);
    auto *moves = child<QTreeView>(*dialog, "evacuate-moves");
    moves->setCurrentIndex(moves->model()->index(0, 0, moves->model()->index(0, 0)));
    return dialog;
}

/// In all waves.
std::size_t shownMoves(MainWindow &window)
{
    const auto *model = child<QTreeView>(window, "evacuation-moves")->model();
    std::size_t shown = 0;
    for (int wave = 0; wave < model->rowCount(); ++wave) {
        shown += std::size_t(model->rowCount(model->index(wave, 0)));
    }
    return shown;
}

}

bool Tour::emptyASite()
{
    const auto before = owned(m_console.federation().inventory());
    shoot(QStringLiteral("evacuate"), [](MainWindow &window) { fillEvacuation(window); });
    auto *dialog = fillEvacuation(*m_console.window());
    const auto moves = dialog->plan()->isReady() ? dialog->plan()->order().moves.size() : 0;
    const bool isPlanned = moves >= 2 && dialog->plan()->plan().waves.size() >= 2 && dialog->plan()->plan().unplaced == 0;
    if (!step(QStringLiteral("planned"), isPlanned, child<QLabel>(*dialog, "evacuate-problem")->text())) {
        return false;
    }
    QTest::mouseClick(child<QPushButton>(*dialog, "evacuate-go"), Qt::LeftButton);
    const auto evacuation = [this]() -> const Operation * {
        const auto all = m_console.federation().inventory().operations();
        const auto at = std::find_if(all.begin(), all.end(), [](const Operation *operation) { return operation->kind == "evacuate"; });
        return at == all.end() ? nullptr : *at;
    };
    if (!step(QStringLiteral("leaving"), before > 0 && until([&] { return evacuation() != nullptr; }, 10'000),
            QStringLiteral("the evacuation was not taken"))) {
        return false;
    }
    const auto id = evacuation()->id;
    return followTheWaves(QString::fromStdString(id.text()))
        && step(QStringLiteral("shown"), shownMoves(*m_console.window()) == moves, QStringLiteral("not one row for each move"))
        && step(QStringLiteral("emptied"), owned(m_console.federation().inventory()) == 0, QStringLiteral("something is still owned there"));
}

bool Tour::followTheWaves(const QString &evacuation)
{
    const auto isOver = [&] {
        const auto id = ObjectId::fromText(evacuation.toStdString());
        const Operation *its = id ? m_console.federation().inventory().operation(*id) : nullptr;
        return its == nullptr || portulan::isOver(its->state);
    };
    const auto pose = [&evacuation](MainWindow &window) {
        window.showOperation(evacuation);
        auto *tree = child<QTreeView>(window, "evacuation-moves");
        tree->setCurrentIndex(tree->model()->index(0, 0, tree->model()->index(0, 0)));
    };
    pose(*m_console.window());
    const auto cutOver = [this] { return child<QPushButton>(*m_console.window(), "evacuation-cutover"); };
    if (!step(QStringLiteral("ready"), until([&] { return cutOver()->isEnabled(); }, 60'000), QStringLiteral("no machine became ready"))) {
        return false;
    }
    shoot(QStringLiteral("waves"), pose);
    pose(*m_console.window());
    // Each wave has a machine that waits for its cut-over.
    while (!isOver() && until([&] { return isOver() || cutOver()->isEnabled(); }, 90'000)) {
        QTest::mouseClick(cutOver(), Qt::LeftButton); // which does nothing once all is over
        until([&] { return isOver() || !cutOver()->isEnabled(); }, 10'000);
    }
    if (!step(QStringLiteral("waves"), isOver(), QStringLiteral("the evacuation does not end"))) {
        return false;
    }
    shoot(QStringLiteral("emptied"), pose);
    pose(*m_console.window());
    const QDir folder(m_out.filePath(QStringLiteral("evacuation")));
    m_out.mkpath(QStringLiteral("evacuation"));
    auto *view = child<EvacuationView>(*m_console.window(), "evacuation");
    QStringList said;
    const auto listening = QObject::connect(view, &EvacuationView::said, view, [&said](const QString &words) { said += words; });
    view->saveCertificates(folder.path());
    until([&] { return said.size() >= 2; }, 30'000);
    QObject::disconnect(listening);
    const auto proofs = folder.entryList({QStringLiteral("*.json")}, QDir::Files).size();
    const auto id = ObjectId::fromText(evacuation.toStdString());
    const auto parts = id ? m_console.federation().inventory().operation(*id)->parts : Parts {};
    return step(QStringLiteral("proofs"), parts.total > 0 && parts.done == parts.total && proofs == parts.total,
        QStringLiteral("%1 of %2 moved, %3 certificates: %4").arg(parts.done).arg(parts.total).arg(proofs).arg(said.join(u' ')));
}

}
