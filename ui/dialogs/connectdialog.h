// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/connectionplan.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace portulan {

/// Opens a federation: by the file its administrator gave, or one site by hand. Also the first thing a new user sees.
class ConnectDialog : public QDialog {
    Q_OBJECT
public:
    /// `remembers`: whether the desktop has a keychain; without one the dialog says that the key serves this session only.
    ConnectDialog(Federation::Clock now, const QString &lastFile, bool remembers, QWidget *parent = nullptr);

Q_SIGNALS:
    /// `keep`: the key may go into the keychain.
    void connectionChosen(const portulan::FederationFile &file, bool keep);

private:
    QLineEdit *addFile(class QFormLayout *layout, const QString &label, const QString &name);
    void read();
    void show();

    ConnectionPlan *m_plan;
    QLineEdit *m_file = nullptr;
    QLineEdit *m_site = nullptr;
    QLineEdit *m_endpoint = nullptr;
    QLineEdit *m_authority = nullptr;
    QLineEdit *m_certificate = nullptr;
    QLineEdit *m_key = nullptr;
    QCheckBox *m_keep = nullptr;
    QLabel *m_words = nullptr;
    QPushButton *m_connect = nullptr;
};

}
