// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/query.h"
#include "models/await.h"
#include "tests/journeys/tour/tour.h"
#include "ui/dialogs/candidatelist.h"
#include "ui/dialogs/certificatedialog.h"
#include "ui/map/view.h"
#include "ui/pages/mappage.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <csignal>

namespace portulan {

namespace {

const ObjectId offender {"dublin", ObjectKind::Instance, "triage-1"};
const ObjectId rescued {"lyon", ObjectKind::Instance, "triage-1"};

template <typename W>
W *child(QWidget &in, const char *name)
{
    auto *found = in.findChild<W *>(QString::fromLatin1(name));
    if (found == nullptr) {
        qFatal("the tour finds no control named %s", name);
    }
    return found;
}

/// All of the federation, in the colours of what may be where it is.
void wholeMap(MainWindow &window)
{
    window.goTo(MainWindow::Map);
    auto *map = child<FederationMap>(window, "map");
    map->setLayer(MapLayer::Compliance);
    map->goHome();
}

void choose(QComboBox *combo, const QVariant &value)
{
    combo->setCurrentIndex(combo->findData(value));
}

/// Fills the provision assistant as a person would.
QDialog *fillProvision(MainWindow &window, const QString &site, const QString &name)
{
    window.provision(site);
    auto *dialog = child<QDialog>(window, "provision");
    QTest::keyClicks(child<QLineEdit>(*dialog, "provision-name"), name);
    choose(child<QComboBox>(*dialog, "provision-project"), QStringLiteral("hospital"));
    choose(child<QComboBox>(*dialog, "provision-classification"), int(Classification::HealthFr));
    choose(child<QComboBox>(*dialog, "provision-image"), QStringLiteral("nano"));
    auto *memory = child<QLineEdit>(*dialog, "provision-memory");
    memory->selectAll();
    QTest::keyClicks(memory, QStringLiteral("8 MiB"));
    return dialog;
}

QDialog *fillMigration(MainWindow &window)
{
    window.migrate({offender});
    auto *dialog = child<QDialog>(window, "migrate");
    auto *sites = child<CandidateList>(*dialog, "candidates");
    sites->choose(QString::fromStdString(rescued.site));
    Q_EMIT sites->siteChosen(sites->chosen());
    choose(child<QComboBox>(*dialog, "migrate-retention"), 0); // a copy kept there would be as forbidden as the machine was
    return dialog;
}

}

bool Tour::look()
{
    auto &federation = m_console.federation();
    const auto allLive = [&] {
        const auto ids = federation.siteIds();
        return !ids.isEmpty() && std::all_of(ids.begin(), ids.end(), [&](const QString &id) { return federation.standing(id).isLive(); });
    };
    if (!step(QStringLiteral("connect"), until(allLive, 30'000), QStringLiteral("not every site answered within 30 s"))) {
        return false;
    }
    until([&] { return m_console.census().census().all.running > 0; }, 20'000);
    m_watchdog.reset();
    for (const auto &[layer, name] :
        {std::pair {MapLayer::Compliance, "map"}, {MapLayer::Capacity, "capacity"}, {MapLayer::Data, "data"}, {MapLayer::Exposure, "exposure"}}) {
        shoot(QString::fromLatin1(name), [layer = layer](MainWindow &window) {
            window.goTo(MainWindow::Map);
            child<FederationMap>(window, "map")->setLayer(layer);
        });
    }
    shoot(QStringLiteral("overview"), [](MainWindow &window) { window.goTo(MainWindow::Overview); });
    shoot(QStringLiteral("site"), [&federation](MainWindow &window) {
        window.showSite(
            federation.siteIds().contains(QStringLiteral("groningen")) ? QStringLiteral("groningen") : QString::fromStdString(offender.site));
    });
    return step(QStringLiteral("look"), m_console.census().census().all.judged() > 0, QStringLiteral("nothing was judged"));
}

bool Tour::findTheOffender()
{
    const auto pose = [](MainWindow &window) {
        window.showInventory(ObjectKind::Instance, QStringLiteral("verdict:non_compliant"));
        auto *table = child<QTableView>(window, "inventory-table");
        (void)QTest::qWaitFor([&] { return table->model()->rowCount() > 0; }, 5000);
        table->selectRow(0);
    };
    shoot(QStringLiteral("verdict"), pose);
    auto *table = child<QTableView>(*m_console.window(), "inventory-table");
    const Row *found = row(offender);
    const auto *status = child<QLabel>(*m_console.window(), "verdict-status");
    return step(QStringLiteral("find"),
        table->model()->rowCount() > 0 && found != nullptr && found->verdict == Status::NonCompliant && !status->text().isEmpty(),
        QStringLiteral("the machine that may not be where it is was not found"));
}

bool Tour::provision()
{
    const QString name = QStringLiteral("Teleconsultation");
    shoot(QStringLiteral("provision"), [&](MainWindow &window) { fillProvision(window, QString(), name); });
    auto *dialog = fillProvision(*m_console.window(), QString(), name);
    auto *create = child<QPushButton>(*dialog, "provision-create");
    if (!until([&] { return create->isEnabled(); }, 5000)) {
        return step(QStringLiteral("provision"), false, child<QLabel>(*dialog, "provision-obstacles")->text());
    }
    QTest::mouseClick(create, Qt::LeftButton);
    const Query query = Query::parse("name:teleconsultation state:running").value();
    const bool running = until([&] { return !query.select(m_console.federation().inventory(), ObjectKind::Instance).empty(); }, 30'000);
    return step(QStringLiteral("provision"), running, QStringLiteral("the machine does not run"));
}

bool Tour::beRefused()
{
    const QString site = QStringLiteral("dublin");
    shoot(QStringLiteral("refused"), [&](MainWindow &window) { fillProvision(window, site, QStringLiteral("Consultation ailleurs")); });
    auto *dialog = fillProvision(*m_console.window(), site, QStringLiteral("Consultation ailleurs"));
    const bool disabled
        = !child<QPushButton>(*dialog, "provision-create")->isEnabled() && !child<QLabel>(*dialog, "provision-obstacles")->text().isEmpty();
    dialog->reject();
    if (!step(QStringLiteral("advised"), disabled, QStringLiteral("the assistant would have sent it"))) {
        return false;
    }
    CreateInstance order;
    order.name = "Consultation ailleurs";
    order.project = "hospital";
    order.imageId = "nano";
    order.ramBytes = 8 << 20;
    order.classification = Classification::HealthFr;
    std::optional<Result<Operation>> answer;
    await(m_console.federation().submit(site, order), m_console.window(), [&](const Result<Operation> &given) { answer = given; });
    until([&] { return answer.has_value(); }, 10'000);
    const bool refused = answer && !*answer && answer->error().reason == Reason::Refused && !answer->error().fact("rule").empty();
    return step(QStringLiteral("refused"), refused, QStringLiteral("the gateway did not refuse what policy forbids"));
}

bool Tour::migrate()
{
    const auto ready = [](QDialog &dialog) { return QTest::qWaitFor([&] { return child<QPushButton>(dialog, "migrate-go")->isEnabled(); }, 10'000); };
    shoot(QStringLiteral("migrate"), [&](MainWindow &window) { ready(*fillMigration(window)); });
    auto *dialog = fillMigration(*m_console.window());
    QTest::keyClicks(child<QLineEdit>(*dialog, "migrate-bandwidth"), QStringLiteral("1 kB")); // slow enough to be seen in every picture
    if (!ready(*dialog)) {
        return step(QStringLiteral("migrate"), false, child<QLabel>(*dialog, "migrate-blockers")->text());
    }
    QTest::mouseClick(child<QPushButton>(*dialog, "migrate-go"), Qt::LeftButton);
    const auto moving = [&] {
        const auto operations = m_console.federation().inventory().operations();
        return std::any_of(operations.begin(), operations.end(),
            [](const Operation *o) { return o->kind == "migrate" && o->object == offender && !isOver(o->state); });
    };
    if (!step(QStringLiteral("ordered"), until(moving, 10'000), QStringLiteral("the migration was not taken"))) {
        return false;
    }
    shoot(QStringLiteral("moving"), wholeMap);
    const auto arrived = [&] {
        const Row *there = row(rescued);
        return there != nullptr && there->custody == Custody::Owner;
    };
    return step(QStringLiteral("migrate"), until(arrived, 120'000), QStringLiteral("the machine did not arrive"));
}

bool Tour::seeItCompliant()
{
    const auto cleared = [&] { return row(offender) == nullptr && m_console.census().census().site(offender.site).worst() != Status::NonCompliant; };
    if (!step(QStringLiteral("cleared"), until(cleared, 60'000), QStringLiteral("the site it left is still non-compliant"))) {
        return false;
    }
    shoot(QStringLiteral("compliant"), [](MainWindow &window) {
        wholeMap(window);
        child<MapPage>(window, "map-page")->setSite(QString::fromStdString(rescued.site));
    });
    shoot(QStringLiteral("arrived"), [](MainWindow &window) {
        window.showInventory(ObjectKind::Instance, QStringLiteral("site:lyon id:triage-1"));
        auto *table = child<QTableView>(window, "inventory-table");
        (void)QTest::qWaitFor([&] { return table->model()->rowCount() > 0; }, 5000);
        table->selectRow(0);
    });
    const Row *there = row(rescued);
    const bool allowed
        = there != nullptr && (there->verdict == Status::Compliant || there->verdict == Status::ToWatch) && there->state == PowerState::Running;
    return step(QStringLiteral("compliant"), allowed, QStringLiteral("it is not compliant, or does not run, where it arrived"));
}

bool Tour::holdTheProof()
{
    const auto open = [](MainWindow &window) {
        window.goTo(MainWindow::Operations);
        auto *table = child<QTableView>(window, "operations-table");
        auto *button = child<QPushButton>(window, "operation-certificate");
        for (int row = 0; row < table->model()->rowCount() && !button->isEnabled(); ++row) {
            table->selectRow(row);
        }
        QTest::mouseClick(button, Qt::LeftButton);
        auto *dialog = window.findChild<CertificateDialog *>();
        return dialog != nullptr && QTest::qWaitFor([dialog] { return dialog->isChecked(); }, 15'000);
    };
    shoot(QStringLiteral("certificate"), open);
    const bool checked = open(*m_console.window());
    auto *dialog = m_console.window()->findChild<CertificateDialog *>();
    const bool saved = checked && dialog->saveTo(m_out.filePath(QStringLiteral("certificate.json")))
        && dialog->saveTo(m_out.filePath(QStringLiteral("certificate.pdf")));
    delete dialog;
    return step(QStringLiteral("certificate"), saved, QStringLiteral("there is no genuine certificate of the migration"));
}

bool Tour::readTheTrail()
{
    shoot(QStringLiteral("operations"), [](MainWindow &window) {
        window.goTo(MainWindow::Operations);
        child<QTableView>(window, "operations-table")->selectRow(0);
    });
    shoot(QStringLiteral("audit"), [](MainWindow &window) {
        window.goTo(MainWindow::Audit);
        QTest::mouseClick(child<QPushButton>(window, "audit-verify"), Qt::LeftButton);
        auto *table = child<QTableView>(window, "audit-table");
        (void)QTest::qWaitFor([&] { return table->model()->rowCount() > 0; }, 5000);
    });
    auto *table = child<QTableView>(*m_console.window(), "audit-table");
    return step(QStringLiteral("trail"), table->model()->rowCount() > 0, QStringLiteral("the trail is empty"));
}

bool Tour::loseASite()
{
    if (m_flakyProcess <= 1) {
        return true;
    }
    auto &federation = m_console.federation();
    const auto isLive = [&](const QString &site) { return federation.standing(site).isLive(); };
    ::kill(pid_t(m_flakyProcess), SIGSTOP);
    const bool stale = until([&] { return !isLive(m_flakySite); }, 60'000);
    const auto ids = federation.siteIds();
    const bool othersLive = std::all_of(ids.begin(), ids.end(), [&](const QString &id) { return id == m_flakySite || isLive(id); });
    if (stale) {
        shoot(QStringLiteral("stale"), [this](MainWindow &window) {
            wholeMap(window);
            child<MapPage>(window, "map-page")->setSite(m_flakySite);
        });
    }
    ::kill(pid_t(m_flakyProcess), SIGCONT);
    const bool back = until([&] { return isLive(m_flakySite); }, 60'000);
    return step(QStringLiteral("stale"), stale && othersLive, QStringLiteral("a silent site is not shown stale, or others suffer from it"))
        && step(QStringLiteral("back"), back, QStringLiteral("the site that was silent is not live again"));
}

}
