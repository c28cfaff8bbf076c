// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/censustaker.h"
#include "models/keyedtable.h"

namespace portulan {

/// Every site one knows, live or not, with where it is, whose law reaches it, how full it is and how what lies there stands. Sorted by id.
class SiteModel : public KeyedTable {
    Q_OBJECT
public:
    enum Column {
        Name,
        City,
        Country,
        Operator,
        ParentCountry,
        Kind,
        StackName,
        State,
        Load,
        Vcpus,
        Ram,
        Storage,
        Instances,
        Verdict,
        Version,
        ColumnCount
    };

    SiteModel(Federation &federation, CensusTaker &census, QObject *parent = nullptr);
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    QString siteId(int row) const { return QString::fromStdString(key(row)); }
    int rowOfSite(const QString &siteId) const { return rowOf(siteId.toStdString()); }
    /// Milliseconds since the site was last heard, -1 if never.
    qint64 age(const QString &siteId) const;

private:
    void list();
    QVariant display(const QString &siteId, int column) const;
    QVariant sortValue(const QString &siteId, int column) const;
    QString used(const QString &siteId, int column) const;

    Federation &m_federation;
    CensusTaker &m_census;
    QTimer m_ages;
};

}
