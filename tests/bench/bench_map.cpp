// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What a frame of the map costs: 1920×1080, 2,000 sites, 300 migrations, offscreen. CPU of the whole process (the worker that draws the
// ground included) per painted frame, while nothing but comets moves, while a hand drags, while a wheel zooms. One JSON line a figure.
#include "mapsample.h"
#include "ui/map/view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFontMetrics>
#include <QWheelEvent>
#include <cmath>
#include <cstdio>
#include <functional>
#include <sys/resource.h>

using namespace portulan;

namespace {

double cpuMilliseconds()
{
    rusage used {};
    getrusage(RUSAGE_SELF, &used);
    const auto milliseconds = [](const timeval &t) { return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3; };
    return milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
}

/// Counts the paint events of a widget.
class Frames : public QObject {
public:
    explicit Frames(QWidget &widget) { widget.installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint;
        return false;
    }
};

/// Lets the event loop run for `milliseconds`, calling `step` with 0–1 sixty times a second.
void play(int milliseconds, const std::function<void(double)> &step)
{
    QEventLoop loop;
    QElapsedTimer since;
    since.start();
    QTimer beat;
    beat.setTimerType(Qt::PreciseTimer);
    QObject::connect(&beat, &QTimer::timeout, [&] {
        if (since.elapsed() >= milliseconds)
            return loop.quit();
        step(static_cast<double>(since.elapsed()) / milliseconds);
    });
    beat.start(16);
    loop.exec();
}

void figure(const char *metric, const char *unit, double value, double limit)
{
    std::printf("{\"metric\": \"%s\", \"unit\": \"%s\", \"value\": %.3f, \"limit\": %g}\n", metric, unit, value, limit);
    std::fflush(stdout);
}

void measure(const char *metric, FederationMap &map, const std::function<void(double)> &step)
{
    map.goHome();
    play(700, [](double) {}); // the ground of home is there, transitions are over
    Frames frames(map);
    const double before = cpuMilliseconds();
    play(4000, step);
    const double spent = cpuMilliseconds() - before;
    figure(metric, "CPU ms/frame", spent / std::max(1, frames.count), 8);
    std::fprintf(stderr, "%s: %d frames, %.0f ms CPU\n", metric, frames.count, spent);
}

void mouse(FederationMap &map, QEvent::Type type, QPointF at)
{
    QMouseEvent event(type, at, map.mapToGlobal(at), type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
        type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, {});
    QCoreApplication::sendEvent(&map, &event);
}

}

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const Theme theme(Theme::Appearance::Light);
    theme.apply(application);
    QElapsedTimer since;
    since.start();
    const auto atlas = std::make_shared<const Atlas>(Atlas::bundled());
    figure("map_read", "ms", static_cast<double>(since.nsecsElapsed()) / 1e6, 50);

    FederationMap map(theme, atlas);
    map.resize(1920, 1080);
    const auto sites = sample::sites(1986, atlas.get());
    (void)QFontMetrics(theme.font(10)).horizontalAdvance(sites.front().name); // fonts are read the first time
    since.restart();
    map.setSites(sites);
    map.setFlows(sample::manyFlows(sites, 300));
    figure("map_set_2000_sites_300_flows", "ms", static_cast<double>(since.nsecsElapsed()) / 1e6, 50);
    map.setHeader(sample::header());
    map.show();
    map.drawGroundNow();
    map.setLayer(MapLayer::Capacity);
    const double before = cpuMilliseconds();
    map.drawGroundNow();
    figure("map_ground_2432x1592", "CPU ms", cpuMilliseconds() - before, 250);
    map.setLayer(MapLayer::Compliance);

    measure("map_animate", map, [](double) {});
    measure("map_pan", map, [&, pressed = false](double along) mutable {
        const QPointF hand(960 + 420 * std::sin(along * 6.283), 540 + 230 * std::sin(along * 12.566));
        if (!pressed) {
            mouse(map, QEvent::MouseButtonPress, QPointF(960, 540));
            pressed = true;
        }
        mouse(map, QEvent::MouseMove, hand);
    });
    mouse(map, QEvent::MouseButtonRelease, QPointF(960, 540));
    measure("map_zoom", map, [&, notch = 0](double along) mutable {
        if (along * 16 < notch)
            return;
        const int turn = (notch++ / 4) % 2 == 0 ? 120 : -120; // four notches in, four out
        QWheelEvent wheel(
            QPointF(900, 500), map.mapToGlobal(QPointF(900, 500)), {}, QPoint(0, turn), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&map, &wheel);
    });
    return 0;
}
