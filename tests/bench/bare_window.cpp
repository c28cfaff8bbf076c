// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The least that shows something with Qt Widgets: what the console's start is measured against.
#include <QApplication>
#include <QLabel>
#include <QMainWindow>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.setCentralWidget(new QLabel(QStringLiteral("Portulan"), &window));
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
