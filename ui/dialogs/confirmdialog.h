// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QDialog>

class QLineEdit;

namespace portulan {

/// Before something that cannot be undone: says what will be gone and asks for its name, or for the count when it is many.
class ConfirmDialog : public QDialog {
    Q_OBJECT
public:
    /// `what` is the sentence shown, `word` what must be typed, `action` the button's text.
    ConfirmDialog(const QString &what, const QString &word, const QString &action, QWidget *parent = nullptr);

private:
    QLineEdit *m_edit;
};

}
