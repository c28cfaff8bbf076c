// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/erasurerecord.h"
#include "core/operation.h"
#include "ui/desk.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableWidget;

namespace portulan {

/// The certificate of a migration that is over, with the record of its copy's erasure once that is gone: fetched from the source, or else from the
/// site that holds it, checked here against the federation's authority, shown, and saved as the file that proves it or as a page to read. What does
/// not check is not shown.
class CertificateDialog : public QDialog {
    Q_OBJECT
public:
    CertificateDialog(const Desk &desk, const Operation &operation, QWidget *parent = nullptr);

    bool isChecked() const { return m_proof.has_value(); }
    /// ".pdf" is the page to read, anything else the file that proves. NotReady, DiskFull, Internal{file}.
    Result<> saveTo(const QString &path) const;

Q_SIGNALS:
    void said(const QString &words);

private:
    void take(const Result<QByteArray> &text);
    void say(const Problem &problem);
    void show(const MigrationProof &proof);
    void askWhere();
    void copy();

    Desk m_desk;
    QByteArray m_text;
    std::optional<MigrationProof> m_proof;
    QLabel *m_state;
    QTableWidget *m_lines;
    QPushButton *m_save = nullptr;
};

}
