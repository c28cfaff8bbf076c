// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/desk.h"

#include <QDialog>

namespace portulan {

/// Language, look, motion, confirmations. Takes effect at once; nothing to apply.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    explicit SettingsDialog(const Desk &desk, QWidget *parent = nullptr);

Q_SIGNALS:
    void languageWanted(const QString &language);
    void appearanceWanted(const QString &appearance);
};

}
