// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <memory>
#include <vector>

namespace portulan::waves {

inline constexpr double unbounded = 1e30;

/// Columns with bounds, rows with bounds, coefficients: what a solver is given.
struct LinearModel {
    struct Bounds {
        double lower = 0;
        double upper = unbounded;
    };
    struct Entry {
        int row = 0;
        int column = 0;
        double value = 0;
    };
    std::vector<Bounds> columns;
    std::vector<bool> whole; ///< of each column: takes whole values only
    std::vector<Bounds> rows;
    std::vector<Entry> entries; ///< at most one for a row and a column

    int addColumn(double upper, bool isWhole = false);
    int addRow(Bounds bounds);
    void put(int row, int column, double value);
};

struct Optimum {
    std::vector<double> values; ///< of each column
    double objective = 0;
    double bound = 0; ///< no solution is better
};

/// The solver library (COIN-OR Cbc and Clp), the only place that knows it. Several objectives may be minimised one after the other over the
/// same model; each begins where the last ended.
class Solver {
public:
    /// `exactly`: whole columns are whole (branch and cut); else the relaxation.
    Solver(const LinearModel &model, bool exactly, double seconds);
    ~Solver();
    Solver(const Solver &) = delete;
    Solver &operator=(const Solver &) = delete;

    /// Internal{what: "solver"} if nothing was found in the time there is, or nothing fits.
    Result<Optimum> minimise(const std::vector<double> &costs);
    void boundRow(int row, LinearModel::Bounds bounds);
    void setEntry(int row, int column, double value); ///< of one that there is

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

}
