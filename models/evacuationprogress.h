// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/evacuationmoves.h"
#include "models/twoleveltree.h"

namespace portulan {

/// How far an evacuation is, as a tree: its waves, and in each its moves.
class EvacuationProgress : public TwoLevelTree {
    Q_OBJECT
public:
    enum Column { What, To, State, Progress, Data, Note, ColumnCount };
    using Stage = EvacuationMove::Stage;

    explicit EvacuationProgress(Federation &federation, QObject *parent = nullptr);
    void follow(const ObjectId &evacuation); ///< an empty id: none

    const Operation *evacuation() const; ///< nullptr: none, or it is gone
    const PlannedEvacuation *planned() const { return m_planned.get(); } ///< nullptr: it was not ordered here
    const std::vector<EvacuationWave> &waves() const { return m_waves; }
    const EvacuationMove *move(const QModelIndex &index) const; ///< nullptr of a wave
    QModelIndex indexOf(const ObjectId &object) const;
    int count(Stage stage) const;
    std::vector<ObjectId> operationsAt(Stage stage) const;
    std::int64_t bytesDone() const;
    std::int64_t bytesTotal() const; ///< of what has begun or is planned
    std::vector<Operation> moved() const; ///< the migrations that are done
    Evacuate rest() const { return remainderOf(m_federation, m_evacuation, m_waves, planned()); }

    int columnCount(const QModelIndex & = {}) const override { return ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void progressed();

protected:
    std::size_t groups() const override { return m_waves.size(); }
    std::size_t membersOf(std::size_t group) const override { return m_waves[group].moves.size(); }

private:
    void look();
    void become(std::vector<EvacuationWave> waves);
    bool hasRowsOf(const std::vector<EvacuationWave> &waves) const;
    QString note(const EvacuationMove &move) const;
    QVariant display(const EvacuationMove &move, int column) const;

    Federation &m_federation;
    ObjectId m_evacuation;
    std::shared_ptr<const PlannedEvacuation> m_planned;
    std::vector<EvacuationWave> m_waves;
};

}
