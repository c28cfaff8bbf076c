// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"
#include "ui/desk.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeView;

namespace portulan {

class EvacuationProgress;

/// An evacuation followed and steered: waves and their moves as they are, what waits for what, planned beside actual; cut over, pause, try again,
/// cancel, and all certificates at once.
class EvacuationView : public QWidget {
    Q_OBJECT
public:
    explicit EvacuationView(const Desk &desk, QWidget *parent = nullptr);
    void follow(const ObjectId &evacuation); ///< an empty id: none
    /// Every certificate of what has moved, with a page that sums them up; said() tells the end.
    void saveCertificates(const QString &folder);

Q_SIGNALS:
    void said(const QString &words);
    void operationWanted(const QString &operation); ///< ObjectId::text()
    void certificateWanted(const portulan::ObjectId &operation);

private:
    QWidget *head();
    QWidget *actions();
    QPushButton *button(const QString &name, const QString &text, const QString &tip);
    void show();
    void showChosen();
    QString figures() const;
    void cutOver();
    void pause();
    void retry();
    void cancel();
    void askWhere();

    Desk m_desk;
    ObjectId m_evacuation;
    EvacuationProgress *m_model;
    QLabel *m_figures;
    QTreeView *m_tree;
    QPushButton *m_move;
    QPushButton *m_certificate;
    QPushButton *m_cutOver;
    QPushButton *m_pause;
    QPushButton *m_retry;
    QPushButton *m_save;
    QPushButton *m_cancel;
};

}
