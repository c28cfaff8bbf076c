// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/linearmodel.h"

#include <CbcModel.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <CglProbing.hpp>
#include <ClpSimplex.hpp>
#include <CoinError.hpp>
#include <CoinTime.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>

namespace portulan::waves {

int LinearModel::addColumn(double upper, bool isWhole)
{
    columns.push_back({0, upper});
    whole.push_back(isWhole);
    return int(columns.size()) - 1;
}

int LinearModel::addRow(Bounds bounds)
{
    rows.push_back(bounds);
    return int(rows.size()) - 1;
}

void LinearModel::put(int row, int column, double value)
{
    if (value != 0) {
        entries.push_back({row, column, value});
    }
}

namespace {

CoinPackedMatrix matrixOf(const LinearModel &model)
{
    std::vector<int> rows;
    std::vector<int> columns;
    std::vector<double> values;
    rows.reserve(model.entries.size());
    columns.reserve(model.entries.size());
    values.reserve(model.entries.size());
    for (const auto &entry : model.entries) {
        rows.push_back(entry.row);
        columns.push_back(entry.column);
        values.push_back(entry.value);
    }
    CoinPackedMatrix matrix(true, rows.data(), columns.data(), values.data(), CoinBigIndex(values.size()));
    matrix.setDimensions(int(model.rows.size()), int(model.columns.size()));
    return matrix;
}

tl::unexpected<Problem> gaveUp(const std::string &why)
{
    return refuse(Reason::Internal, {{"what", "solver"}}, why);
}

}

struct Solver::Data {
    OsiClpSolverInterface lp;
    bool exactly = false;
    double secondsLeft = 0;
    bool isWarm = false;

    Result<Optimum> relax();
    Result<Optimum> branch();
};

Solver::Solver(const LinearModel &model, bool exactly, double seconds)
    : m_data(std::make_unique<Data>())
{
    std::vector<double> lower(model.columns.size());
    std::vector<double> upper(model.columns.size());
    std::ranges::transform(model.columns, lower.begin(), &LinearModel::Bounds::lower);
    std::ranges::transform(model.columns, upper.begin(), &LinearModel::Bounds::upper);
    std::vector<double> rowLower(model.rows.size());
    std::vector<double> rowUpper(model.rows.size());
    std::ranges::transform(model.rows, rowLower.begin(), &LinearModel::Bounds::lower);
    std::ranges::transform(model.rows, rowUpper.begin(), &LinearModel::Bounds::upper);
    const std::vector<double> costs(model.columns.size());
    m_data->lp.messageHandler()->setLogLevel(0);
    m_data->lp.getModelPtr()->setLogLevel(0);
    m_data->lp.loadProblem(matrixOf(model), lower.data(), upper.data(), costs.data(), rowLower.data(), rowUpper.data());
    for (std::size_t column = 0; exactly && column < model.columns.size(); ++column) {
        if (model.whole[column]) {
            m_data->lp.setInteger(int(column));
        }
    }
    m_data->exactly = exactly;
    m_data->secondsLeft = seconds;
}

Solver::~Solver() = default;

void Solver::boundRow(int row, LinearModel::Bounds bounds)
{
    m_data->lp.setRowBounds(row, bounds.lower, bounds.upper);
}

void Solver::setEntry(int row, int column, double value)
{
    m_data->lp.modifyCoefficient(row, column, value);
}

Result<Optimum> Solver::minimise(const std::vector<double> &costs)
{
    try { // the library throws its own
        m_data->lp.setObjective(costs.data());
        const double began = CoinCpuTime();
        auto found = m_data->exactly ? m_data->branch() : m_data->relax();
        m_data->secondsLeft = std::max(m_data->secondsLeft - (CoinCpuTime() - began), 0.2);
        return found;
    } catch (const CoinError &error) {
        return gaveUp(error.message());
    } catch (const std::exception &error) {
        return gaveUp(error.what());
    }
}

Result<Optimum> Solver::Data::relax()
{
    ClpSimplex &simplex = *lp.getModelPtr();
    simplex.setMaximumSeconds(secondsLeft);
    if (std::exchange(isWarm, true)) {
        simplex.primal(1); // the last solution still fits: only the objective is another
    } else {
        simplex.initialSolve();
    }
    if (!simplex.isProvenOptimal()) {
        return gaveUp("no optimum of the relaxation: status " + std::to_string(simplex.status()));
    }
    const double *values = simplex.primalColumnSolution();
    const double objective = simplex.objectiveValue();
    return Optimum {{values, values + simplex.numberColumns()}, objective, objective};
}

Result<Optimum> Solver::Data::branch()
{
    lp.initialSolve();
    CbcModel model(lp);
    model.setLogLevel(0);
    model.solver()->setHintParam(OsiDoReducePrint, true, OsiHintTry);
    CglProbing probing;
    CglKnapsackCover covers;
    CglMixedIntegerRounding2 rounding;
    CglGomory gomory;
    model.addCutGenerator(&probing, -1, "probing");
    model.addCutGenerator(&covers, -1, "covers");
    model.addCutGenerator(&rounding, -1, "rounding");
    model.addCutGenerator(&gomory, -1, "gomory");
    model.setMaximumSeconds(secondsLeft / 2); // later objectives want their share
    model.setAllowableFractionGap(0.001);
    model.branchAndBound();
    const double *values = model.bestSolution();
    if (values == nullptr) {
        return gaveUp("no whole solution in time");
    }
    const double bound = model.isProvenOptimal() ? std::min(model.getObjValue(), model.getBestPossibleObjValue()) : model.getBestPossibleObjValue();
    return Optimum {{values, values + model.getNumCols()}, model.getObjValue(), bound};
}

}
