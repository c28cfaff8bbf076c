// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/verdict.h"

#include <QAbstractItemModel>

namespace portulan {

/// One verdict as a tree: a branch a finding, worst first, and under it why: what is missing, the source of the rule, the proof down to
/// the facts it stood on.
class FindingModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { What, Outcome, Severity, Source, ColumnCount };

    explicit FindingModel(QObject *parent = nullptr);

    /// Another verdict; nothing happens if it is the same.
    void setVerdict(const Verdict &verdict);
    const Verdict &verdict() const { return m_verdict; }
    /// The finding at or above an index; nullptr if none.
    const Finding *finding(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex & = {}) const override { return ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Line { ///< a branch or leaf; words are made when asked for, so that they follow the language
        enum About { Whole, Rule, Explanation, RuleSource, ProofLine } about = Whole;
        std::size_t parent = 0;
        int row = 0;
        std::size_t finding = 0;
        const Proof *proof = nullptr;
        std::vector<std::size_t> children;
    };
    std::size_t add(Line line);
    void addProof(const Proof &proof, std::size_t parent, std::size_t finding);
    const Line &line(const QModelIndex &index) const;
    QString words(const Line &line, int column) const;

    Verdict m_verdict;
    std::vector<Line> m_lines; ///< the first is the root
};

}
