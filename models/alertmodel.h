// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/federation.h"
#include "models/keyedtable.h"

namespace portulan {

/// What is wrong anywhere, worst first: what the sites report, and the sites that do not answer or refuse us.
class AlertModel : public KeyedTable {
    Q_OBJECT
public:
    enum Column { Severity, Site, What, Object, Since, ColumnCount };

    explicit AlertModel(Federation &federation, QObject *parent = nullptr);
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    const Alert *alert(int row) const;
    int count(AlertSeverity severity) const;

private:
    void list();
    QVariant display(const Alert &alert, int column) const;
    QString objectName(const std::string &object) const;

    Federation &m_federation;
    std::map<std::string, Alert> m_shown;
};

}
