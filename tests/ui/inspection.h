// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QStringList>
#include <QWidget>

namespace portulan::test {

// What is wrong with what is shown in `root`, one complaint a line; empty: nothing. Each complaint names the control by class, object name
// and words.

/// Controls a screen reader would have no name for.
QStringList unnamed(const QWidget &root);
/// Words that do not fit: of labels, buttons, headers, tabs, fields' hints and choices.
QStringList cut(const QWidget &root);
/// Controls that Tab, pressed as often as it takes, does not come to – and controls it does not leave.
QStringList unreachable(QWidget &root);
/// Controls that look the same with and without the keyboard.
QStringList unlit(QWidget &root);
/// Two controls, or a control and a menu, that claim the same Alt key.
QStringList contested(const QWidget &root);

}
