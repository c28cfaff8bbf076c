// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/federation.h"

#include <QAbstractTableModel>

namespace portulan {

/// How full a site was, oldest first, for charts and for the table beside them: what the link brought since it is watched, and what the
/// site remembers from before, asked for once.
class CapacityHistory : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { At, VcpuShare, RamShare, StorageShare, ColumnCount };

    explicit CapacityHistory(Federation &federation, QObject *parent = nullptr);
    void setSite(const QString &siteId);
    QString siteId() const { return m_siteId; }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_samples.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    const std::vector<CapacitySample> &samples() const { return m_samples; }

    /// Used share, 0–1, of one resource in a sample; 0 where the total is not known.
    static double share(const CapacitySample &sample, int column);
    /// Whether there are samples enough: three at least, over six hours at least.
    bool canForecast() const;
    /// Days until the resource is full if it goes on as over these samples (least squares); -1 if it does not fill or cannot be foreseen.
    double daysUntilFull(int column) const;

private:
    void gather();
    void ask();

    Federation &m_federation;
    QString m_siteId;
    std::vector<CapacitySample> m_samples;
};

}
