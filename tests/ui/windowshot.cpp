// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A developer's eye: windowshot DIR [SCREEN…] writes every page and dialog as PNG files, in both languages, appearances and sizes.
#include "tests/ui/screens.h"
#include "ui/map/view.h"

#include <QApplication>
#include <QDialog>
#include <QDir>

using namespace portulan;
using namespace portulan::test;

namespace {

void take(Stage &stage, const Screen &screen, const QString &file)
{
    auto *shown = goTo(screen, stage);
    if (auto *map = stage.window().findChild<FederationMap *>(); map != nullptr && map->isVisible()) {
        map->drawGroundNow();
    }
    QElapsedTimer settle;
    settle.start();
    (void)QTest::qWaitFor([&] { return settle.elapsed() > 400; }, 1000); // charts and feeds gather what they are told
    shown->grab().save(file);
    qDeleteAll(stage.window().findChildren<QDialog *>());
}

}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList words = QApplication::arguments();
    const QDir folder(words.value(1, QStringLiteral(".")));
    Stage stage;
    for (const QString &language : Language::codes()) {
        for (const auto appearance : {Theme::Appearance::Light, Theme::Appearance::Dark}) {
            for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
                for (const auto &screen : screens()) {
                    if (words.size() > 2 && !words.mid(2).contains(QString::fromLatin1(screen.name))) {
                        continue;
                    }
                    stage.present(language, appearance, size);
                    const auto look = appearance == Theme::Appearance::Light ? QStringLiteral("light") : QStringLiteral("dark");
                    take(stage, screen,
                        folder.filePath(QStringLiteral("%1-%2-%3-%4.png").arg(QString::fromLatin1(screen.name), language, look).arg(size.width())));
                }
            }
        }
    }
    return 0;
}
