// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/evacuationplan.h"
#include "models/twoleveltree.h"

namespace portulan {

/// A planned evacuation as a tree: what has no place, the waves, each with its moves in their order, what was told to stay, and what cannot move.
class WavePlanModel : public TwoLevelTree {
    Q_OBJECT
public:
    enum Column { What, To, Mode, Data, Why, ColumnCount };
    enum class Group { Wave, NoPlace, LeftOut, CannotMove };

    WavePlanModel(const Federation &federation, const EvacuationPlan &plan, QObject *parent = nullptr);
    void refresh(); ///< after the plan was planned anew

    /// Its number in the plan; none of a group.
    std::optional<std::size_t> movable(const QModelIndex &index) const;
    QModelIndex indexOf(const ObjectId &object) const;
    Group groupOf(const QModelIndex &index) const;

    int columnCount(const QModelIndex & = {}) const override { return ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

protected:
    std::size_t groups() const override { return m_sections.size(); }
    std::size_t membersOf(std::size_t group) const override { return m_sections[group].movables.size(); }

private:
    struct Section {
        Group group = Group::Wave;
        int wave = 0; ///< from 1
        std::vector<std::size_t> movables;
    };
    QVariant display(const Section &section, int column) const;
    QVariant display(std::size_t movable, int column) const;
    QString why(std::size_t movable) const;
    QString time(int wave) const;
    QString modeOf(std::size_t movable) const;

    const Federation &m_federation;
    const EvacuationPlan &m_plan;
    std::vector<Section> m_sections;
};

}
