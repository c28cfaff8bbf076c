// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/federation.h"

#include <QAbstractTableModel>

namespace portulan {

/// A site's audit trail, page by page as it is scrolled, and whether its chain of hashes holds.
class AuditModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Sequence, At, Actor, Role, Action, Object, Outcome, Hash, ColumnCount };

    explicit AuditModel(Federation &federation, QObject *parent = nullptr);
    /// Whose trail, and of which object only (ObjectId::text(), empty: of all). Asks for the first page.
    void show(const QString &siteId, const QString &object = {});
    /// Has the site recompute its chain; verified() or verificationFailed() follows.
    void verify();
    const Problem *problem() const { return m_problem ? &*m_problem : nullptr; } ///< why the last page did not come
    const AuditEntry &entry(int row) const { return m_entries.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_entries.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void paged(); ///< a page came, or problem() says why not
    void verified(const portulan::AuditVerification &answer);
    void verificationFailed(const portulan::Problem &why);

private:
    void ask();
    QString display(const AuditEntry &entry, int column) const;

    Federation &m_federation;
    QString m_siteId;
    QString m_object;
    QString m_nextPage;
    QVector<AuditEntry> m_entries;
    std::optional<Problem> m_problem;
    int m_generation = 0; ///< answers to older questions are dropped
    bool m_isAsking = false;
    bool m_isComplete = true;
};

}
