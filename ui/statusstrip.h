// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/desk.h"

#include <QFrame>
#include <QTimer>

class QLabel;

namespace portulan {

/// The strip at the bottom: how many sites answer, what runs, the last word to the user, and – for as long as demonstration data is
/// shown – what of it is real and what is not.
class StatusStrip : public QFrame {
    Q_OBJECT
public:
    explicit StatusStrip(const Desk &desk, QWidget *parent = nullptr);
    /// A passing word; stays ten seconds.
    void say(const QString &words);

private:
    void refresh();

    Desk m_desk;
    QLabel *m_sites;
    QLabel *m_operations;
    QLabel *m_said;
    QLabel *m_demonstration;
    QTimer m_silence;
    QTimer m_age;
};

}
