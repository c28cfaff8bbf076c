// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/capacityhistory.h"

#include "models/await.h"
#include "models/formats.h"
#include "models/roles.h"

#include <algorithm>

namespace portulan {

namespace {
constexpr auto remembered = std::chrono::hours(24 * 30);
constexpr auto leastSpan = std::chrono::hours(6); ///< of samples for a forecast: less is noise

double part(std::int64_t used, std::int64_t total)
{
    return total <= 0 ? 0 : std::clamp(double(used) / double(total), 0.0, 1.0);
}
}

CapacityHistory::CapacityHistory(Federation &federation, QObject *parent)
    : QAbstractTableModel(parent)
    , m_federation(federation)
{
    connect(&federation, &Federation::differed, this, [this](const Differences &what) {
        if (what.sampled.contains(m_siteId.toStdString())) {
            gather();
        }
    });
}

void CapacityHistory::setSite(const QString &siteId)
{
    if (siteId == m_siteId) {
        return;
    }
    beginResetModel();
    m_siteId = siteId;
    const auto known = m_federation.inventory().history(siteId.toStdString());
    m_samples.assign(known.begin(), known.end());
    endResetModel();
    ask();
}

/// Appends what is newer than the last sample shown.
void CapacityHistory::gather()
{
    const auto known = m_federation.inventory().history(m_siteId.toStdString());
    const auto fresh = m_samples.empty() ? known.begin() : std::ranges::upper_bound(known, m_samples.back().at, {}, &CapacitySample::at);
    if (fresh == known.end()) {
        return;
    }
    beginInsertRows({}, rowCount(), rowCount() + int(known.end() - fresh) - 1);
    m_samples.insert(m_samples.end(), fresh, known.end());
    endInsertRows();
}

void CapacityHistory::ask()
{
    SiteLink *link = m_federation.link(m_siteId);
    if (link == nullptr) {
        return;
    }
    const Instant now = m_federation.now();
    await(link->capacitySamples(now - remembered, now), this, [this, asked = m_siteId](const Result<QVector<CapacitySample>> &answer) {
        if (!answer || asked != m_siteId) {
            return;
        }
        std::vector<CapacitySample> older;
        for (const auto &sample : *answer) {
            if (m_samples.empty() || sample.at < m_samples.front().at) {
                older.push_back(sample);
            }
        }
        std::ranges::sort(older, {}, &CapacitySample::at);
        if (!older.empty()) {
            beginInsertRows({}, 0, int(older.size()) - 1);
            m_samples.insert(m_samples.begin(), older.begin(), older.end());
            endInsertRows();
        }
    });
}

double CapacityHistory::share(const CapacitySample &sample, int column)
{
    switch (column) {
    case VcpuShare:
        return part(sample.used.vcpus, sample.total.vcpus);
    case RamShare:
        return part(sample.used.ramBytes, sample.total.ramBytes);
    case StorageShare:
        return part(sample.used.storageBytes, sample.total.storageBytes);
    default:
        return 0;
    }
}

bool CapacityHistory::canForecast() const
{
    return m_samples.size() >= 3 && m_samples.back().at - m_samples.front().at >= leastSpan;
}

double CapacityHistory::daysUntilFull(int column) const
{
    if (!canForecast()) {
        return -1;
    }
    const Instant first = m_samples.front().at;
    const auto count = double(m_samples.size());
    double meanX = 0;
    double meanY = 0;
    const auto day = [first](const CapacitySample &sample) { return double((sample.at - first).count()) / 86'400'000.0; };
    for (const auto &sample : m_samples) {
        meanX += day(sample) / count;
        meanY += share(sample, column) / count;
    }
    double up = 0;
    double spread = 0;
    for (const auto &sample : m_samples) {
        up += (day(sample) - meanX) * (share(sample, column) - meanY);
        spread += (day(sample) - meanX) * (day(sample) - meanX);
    }
    const double slope = spread <= 0 ? 0 : up / spread;
    return slope <= 1e-9 ? -1 : std::max(0.0, (1 - share(m_samples.back(), column)) / slope);
}

QVariant CapacityHistory::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &sample = m_samples[std::size_t(index.row())];
    const bool isMoment = index.column() == At;
    switch (role) {
    case Qt::DisplayRole:
        return isMoment ? Formats::dateTime(sample.at) : Formats::percent(share(sample, index.column()));
    case SortRole:
        return isMoment ? QVariant(qint64(sample.at.time_since_epoch().count())) : QVariant(share(sample, index.column()));
    case ShareRole:
        return isMoment ? QVariant() : share(sample, index.column());
    case SiteRole:
        return m_siteId;
    default:
        return {};
    }
}

QVariant CapacityHistory::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case At:
        return tr("Moment");
    case VcpuShare:
        return tr("vCPU used");
    case RamShare:
        return tr("Memory used");
    case StorageShare:
        return tr("Storage used");
    default:
        return {};
    }
}

}
