// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/journeys/tour/tour.h"

#include "ui/map/view.h"

#include <QApplication>
#include <QDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QSaveFile>
#include <QTest>

namespace portulan {

Tour::Tour(Console &console, WatchedApplication &watchdog, const QDir &out, const QStringList &languages)
    : m_console(console)
    , m_out(out)
    , m_languages(languages)
    , m_watchdog(watchdog)
{
    m_clock.start();
}

bool Tour::run()
{
    const bool done = look() && findTheOffender() && provision() && beRefused() && migrate() && seeItCompliant() && holdTheProof() && emptyASite()
        && readTheTrail() && loseASite();
    return summarise(done) && done;
}

void Tour::setFlakySite(const QString &site, qint64 gatewayProcess)
{
    m_flakySite = site;
    m_flakyProcess = gatewayProcess;
}

bool Tour::until(const std::function<bool()> &condition, int milliseconds)
{
    return QTest::qWaitFor(condition, milliseconds);
}

bool Tour::step(const QString &name, bool done, const QString &why)
{
    if (m_watchdog.longestCpuMs() > m_longestCpuMs) {
        m_longestCpuMs = m_watchdog.longestCpuMs();
        m_longestWhere = m_watchdog.longestWhere();
    }
    m_steps.append(QJsonObject {{QStringLiteral("step"), name}, {QStringLiteral("done"), done}, {QStringLiteral("why"), done ? QString() : why},
        {QStringLiteral("at_ms"), m_clock.elapsed()}, {QStringLiteral("longest_stall_cpu_ms"), m_watchdog.longestCpuMs()}});
    fprintf(stderr, "tour: %-12s %s %s\n", qPrintable(name), done ? "done" : "NOT DONE", done ? "" : qPrintable(why));
    m_watchdog.reset();
    return done;
}

const Row *Tour::row(const ObjectId &id) const
{
    const Inventory &inventory = m_console.federation().inventory();
    const Slot slot = inventory.find(id);
    return slot == noSlot ? nullptr : &inventory.rows(id.kind)[slot];
}

namespace {
/// No window manager runs here: the dialog's title stands in a bar above it, as one would put it there.
void drawDialog(QPainter &painter, const QRect &window, QDialog &dialog)
{
    constexpr int bar = 34;
    const QRect frame(QPoint((window.width() - dialog.width()) / 2, (window.height() - dialog.height() + bar) / 2 - bar),
        QSize(dialog.width(), dialog.height() + bar));
    const QPalette &palette = dialog.palette();
    painter.fillRect(frame, palette.color(QPalette::Base));
    QFont bold = dialog.font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette.color(QPalette::WindowText));
    painter.drawText(QRect(frame.topLeft(), QSize(frame.width(), bar)), Qt::AlignCenter, dialog.windowTitle());
    painter.drawPixmap(frame.topLeft() + QPoint(0, bar), dialog.grab());
    painter.setPen(palette.color(QPalette::Mid));
    painter.drawRect(frame.adjusted(-1, -1, 0, 0));
}
}

void Tour::grab(MainWindow &window, const QString &file)
{
    QPixmap picture = window.grab();
    const auto dialogs = window.findChildren<QDialog *>();
    for (QDialog *dialog : dialogs) {
        if (dialog->isVisible()) {
            QPainter painter(&picture);
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 90));
            drawDialog(painter, window.rect(), *dialog);
        }
    }
    picture.save(file);
}

void Tour::shoot(const QString &name, const Pose &pose)
{
    ++m_number;
    for (const auto &language : m_languages) {
        for (const auto &appearance : {QStringLiteral("light"), QStringLiteral("dark")}) {
            m_console.present(language, appearance);
            MainWindow &window = *m_console.window();
            // Projectors and laptops both: light pictures at the larger size, dark ones at the smaller.
            window.resize(appearance == QStringLiteral("light") ? QSize(1920, 1080) : QSize(1280, 800));
            window.show();
            (void)QTest::qWaitFor([&] { return window.isVisible(); }, 2000);
            pose(window);
            if (auto *map = window.findChild<FederationMap *>()) {
                if (map->isVisible()) {
                    map->drawGroundNow();
                }
            }
            QElapsedTimer settle;
            settle.start();
            (void)QTest::qWaitFor([&] { return settle.elapsed() > 350; }, 1000); // timers of charts and feeds have fired
            grab(window, m_out.filePath(QStringLiteral("%1-%2-%3-%4.png").arg(m_number, 2, 10, QLatin1Char('0')).arg(name, language, appearance)));
            const auto dialogs = window.findChildren<QDialog *>();
            qDeleteAll(dialogs); // at once: the next pose looks for its dialog by name
        }
    }
}

bool Tour::summarise(bool done)
{
    const Census &census = m_console.census().census();
    const QJsonObject summary {{QStringLiteral("done"), done}, {QStringLiteral("steps"), m_steps},
        {QStringLiteral("longest_stall_cpu_ms"), m_longestCpuMs}, {QStringLiteral("longest_stall_in"), m_longestWhere},
        {QStringLiteral("sites"), int(m_console.federation().siteIds().size())},
        {QStringLiteral("instances"), qint64(census.all.of(ObjectKind::Instance))}, {QStringLiteral("running"), qint64(census.all.running)},
        {QStringLiteral("seconds"), double(m_clock.elapsed()) / 1000}};
    QSaveFile file(m_out.filePath(QStringLiteral("summary.json")));
    const QByteArray text = QJsonDocument(summary).toJson();
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
}

}
