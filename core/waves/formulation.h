// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/classes.h"
#include "core/waves/linearmodel.h"

namespace portulan::waves {

/// The board as a linear model: how many blocks of each class go to each destination, what is left behind, and the time the busiest pipe
/// takes. Every lawful plan is a solution of it with the same figures, so that its optimum bounds them all, also where blocks of a class differ:
/// what they are beyond the least may then go anywhere the class may.
/// Time in it is sand (Hourglass). Where pipes differ in their hours each is replaced by a line it stays below: that bounds as well, the more tightly
/// the better it is known when a plan ends.
class Formulation {
public:
    Formulation(const Board &board, const std::vector<Class> &classes);

    const LinearModel &model() const { return m_model; }
    int columnOf(std::size_t its, std::size_t destination) const { return m_columns[its][destination]; } ///< -1: forbidden
    std::vector<double> leftBehind() const; ///< objectives: movables without a place
    std::vector<double> time() const; ///< in units of sandUnit()
    std::vector<double> cost() const; ///< in units of costUnit() per month
    int leftBehindRow() const { return m_leftBehindRow; }
    int timeRow() const { return m_timeRow; }
    double sandUnit() const { return m_sandUnit; }
    const Hourglass &glass() const { return m_glass; }
    bool isStraight() const { return m_isStraight; } ///< every line is its pipe: nothing can be tighter
    /// Of plans that end between two levels of sand, `to` included.
    void narrow(double from, double to, Solver &solver) const;
    double endOf(const std::vector<double> &values) const; ///< in sand, as the pipes really are
    double costUnit() const; ///< the dearest column's, so that none is lost in a solver's tolerance; 0: nothing costs

private:
    struct Excess { ///< of the classes of one source, fate and project, in one dimension
        Bulk amount {};
        std::vector<std::size_t> classes;
    };
    void addClass(std::size_t its);
    void addExcess(const Excess &excess, std::size_t dimension);
    void use(int resource, int column, double amount);
    void pass(int pipe, int column, double bytes);
    void addPipes();

    const Board &m_board;
    const std::vector<Class> &m_classes;
    LinearModel m_model;
    std::vector<std::vector<int>> m_columns;
    std::vector<int> m_behind; ///< of each class: those left behind
    std::vector<std::pair<int, double>> m_costs; ///< column, per month
    std::vector<int> m_resourceRows;
    std::vector<int> m_pipeRows;
    std::vector<double> m_scales; ///< bytes that are 1 in a pipe's row
    Hourglass m_glass;
    int m_timeColumn = 0;
    int m_timeRow = 0;
    int m_leftBehindRow = 0;
    double m_sandUnit = 1;
    bool m_isStraight = true;
};

}
