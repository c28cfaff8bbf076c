// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/ui/stage.h"

#include "tests/fakes/signedmove.h"

#include <QApplication>

namespace portulan::test {

namespace {

Operation failed(const std::string &site)
{
    Operation operation;
    operation.id = {site, ObjectKind::Operation, "op-failed"};
    operation.kind = "instance.create";
    operation.object = {site, ObjectKind::Instance, "i-9"};
    operation.objectName = "archives";
    operation.state = OperationState::Failed;
    operation.problem = {Reason::Quota, {{"resource", "vcpus"}, {"limit", "16"}, {"used", "14"}, {"wanted", "8"}}, {}};
    operation.requestedBy = "user/alice";
    operation.startedAt = world::now() - std::chrono::hours(2);
    operation.changedAt = operation.startedAt;
    operation.log = {"asked by user/alice", "refused before anything was made"};
    return operation;
}

AuditEntry entry(quint64 sequence, const QString &action, const QString &outcome)
{
    AuditEntry entry;
    entry.sequence = sequence;
    entry.at = world::now() - std::chrono::minutes(5 * sequence);
    entry.actor = QStringLiteral("user/alice");
    entry.role = QStringLiteral("operator");
    entry.action = action;
    entry.object = QStringLiteral("lyon/instance/i-1");
    entry.project = QStringLiteral("hospices");
    entry.outcome = outcome;
    entry.hash = QString(64, u'a');
    return entry;
}

}

Stage::Stage(Crowd crowd)
    : m_settings(m_scratch.filePath(QStringLiteral("settings.ini")))
    , m_theme(Theme::Appearance::Light)
    , m_census(m_world.federation)
{
    m_settings.set(Setting::ReduceMotion, true);
    if (crowd == Crowd::World) {
        goLive();
    }
}

void Stage::goLive()
{
    m_world.goLive();
    answerQuestions();
    auto moving = world::instance("lyon", "i-2", "web-1", Classification::Open);
    m_world.link("lyon").tell({world::migration("op-1", moving, "brest"), failed("lyon"),
        world::alert("lyon", "a-1", AlertSeverity::Warning,
            {Reason::NoCapacity, {{"resource", "storage_bytes"}, {"free", "1073741824"}, {"wanted", "5368709120"}}, {}}),
        world::alert("lyon", "a-2", AlertSeverity::Info, {Reason::Expired, {{"what", "HDS"}, {"until", "2026-12-24"}}, {}})});
    m_world.settle();
}

void Stage::answerQuestions()
{
    const auto moved = world::signedMove();
    m_world.federation.setAuthorities(moved.authorityPem);
    for (const auto &[id, link] : m_world.links) {
        link->certificate = QByteArray::fromStdString(moved.text);
        link->auditPage = AuditPage {
            {entry(1, QStringLiteral("instance.create"), QStringLiteral("allowed")), entry(2, QStringLiteral("migrate"), QStringLiteral("refused"))},
            {}};
        link->auditVerification = AuditVerification {true, 2, 0, {}, QString(64, u'a')};
        link->console = QByteArray("Debian GNU/Linux 12 dossier-patient ttyS0\n\nlogin: ");
        QVector<CapacitySample> samples;
        for (int day = 30; day > 0; --day) {
            const Amounts used {16 - day / 4, (std::int64_t(64) << 30) - (std::int64_t(day) << 30), std::int64_t(1) << 39};
            samples.append({world::now() - std::chrono::hours(24 * day), used, {64, std::int64_t(256) << 30, std::int64_t(4096) << 30}});
        }
        link->samples = samples;
        link->onObject = [](const ObjectId &asked) {
            Instance thing;
            thing.id = asked;
            if (asked.id == "i-2") {
                thing.labels = {{"move-after", "instance/i-3"}};
            }
            return Result<Thing>(thing);
        };
        MigrationAssessment assessment;
        assessment.linkBytesPerSecond = 100'000'000;
        assessment.bytes = qint64(50) << 30;
        assessment.seconds = 420;
        assessment.outageSeconds = 12;
        link->onPlan = [assessment](const Migrate &) { return Result<MigrationAssessment>(assessment); };
    }
}

MainWindow &Stage::present(const QString &language, Theme::Appearance appearance, QSize size)
{
    Whereabouts whereabouts;
    if (m_window) {
        whereabouts = m_window->whereabouts();
        whereabouts.geometry.clear(); // the size asked for
    }
    m_window.reset();
    m_language.load(language);
    m_theme = Theme(appearance);
    m_theme.apply(*qApp);
    m_window = std::make_unique<MainWindow>(desk());
    m_window->restore(whereabouts);
    m_window->resize(size);
    m_window->show();
    (void)QTest::qWaitForWindowExposed(m_window.get());
    QApplication::setActiveWindow(m_window.get()); // what a window manager does
    QApplication::setCursorFlashTime(0); // a caret that blinks is no sign of anything
    return *m_window;
}

}
