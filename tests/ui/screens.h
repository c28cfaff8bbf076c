// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/ui/stage.h"

#include <functional>

namespace portulan::test {

/// A page or dialog of the console, and how to get to it. `open` answers with what is to be looked at: the window, or the dialog.
struct Screen {
    const char *name;
    std::function<QWidget *(Stage &)> open;
};

/// Every page (the inventory with something chosen) and every dialog.
const std::vector<Screen> &screens();

/// Opens it and waits until it is drawn and has the keyboard.
QWidget *goTo(const Screen &screen, Stage &stage);

}
