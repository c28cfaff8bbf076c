// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/operation.h"
#include "ui/desk.h"

#include <QTimer>
#include <QWidget>

class QPushButton;

namespace portulan {

/// What may be ordered of an operation: pause and resume, a test boot, cut over now, cancel while it is under way; bring it back once it has moved
/// and its copy is kept. A site that refuses is quoted.
class Steering : public QWidget {
    Q_OBJECT
public:
    explicit Steering(const Desk &desk, QWidget *parent = nullptr);
    void steer(const Operation *operation); ///< none: everything is out of reach

Q_SIGNALS:
    void said(const QString &words);

private:
    QPushButton *button(const QString &objectName, const QString &text, const QString &tip);
    void steerTest(const Operation *operation);
    QString whyNoTest(const Operation &operation) const;
    template <typename O>
    void submit(const QString &words);
    void offerReturn(const Operation *operation);
    void confirmReturn();
    void bringBack(const Operation &operation);

    Desk m_desk;
    ObjectId m_operation;
    bool m_isPaused = false;
    bool m_hasMoved = false;
    QTimer m_later;
    QPushButton *m_pause;
    QPushButton *m_test;
    QPushButton *m_cutOver;
    QPushButton *m_cancel;
    QPushButton *m_rollback;
};

}
