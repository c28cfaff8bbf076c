// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/findingmodel.h"

#include "models/phrases.h"
#include "models/roles.h"

namespace portulan {

namespace {
QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}
}

FindingModel::FindingModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_lines(1)
{
}

std::size_t FindingModel::add(Line line)
{
    const auto at = m_lines.size();
    auto &siblings = m_lines[line.parent].children;
    line.row = int(siblings.size());
    siblings.push_back(at);
    m_lines.push_back(std::move(line));
    return at;
}

void FindingModel::addProof(const Proof &proof, std::size_t parent, std::size_t finding)
{
    const auto at = add({Line::ProofLine, parent, 0, finding, &proof, {}});
    for (const auto &part : proof.parts) {
        addProof(part, at, finding);
    }
}

void FindingModel::setVerdict(const Verdict &verdict)
{
    if (verdict == m_verdict) {
        return;
    }
    beginResetModel();
    m_verdict = verdict;
    m_lines.assign(1, {});
    for (std::size_t i = 0; i < m_verdict.findings.size(); ++i) {
        const auto rule = add({Line::Rule, 0, 0, i, nullptr, {}});
        add({Line::Explanation, rule, 0, i, nullptr, {}});
        add({Line::RuleSource, rule, 0, i, nullptr, {}});
        addProof(m_verdict.findings[i].condition, rule, i);
    }
    endResetModel();
}

const FindingModel::Line &FindingModel::line(const QModelIndex &index) const
{
    return m_lines[index.isValid() ? std::size_t(index.internalId()) : 0];
}

const Finding *FindingModel::finding(const QModelIndex &index) const
{
    return index.isValid() ? &m_verdict.findings[line(index).finding] : nullptr;
}

QModelIndex FindingModel::index(int row, int column, const QModelIndex &parent) const
{
    const auto &children = line(parent).children;
    const bool exists = row >= 0 && row < int(children.size()) && column >= 0 && column < ColumnCount && parent.column() <= 0;
    return exists ? createIndex(row, column, quintptr(children[std::size_t(row)])) : QModelIndex();
}

QModelIndex FindingModel::parent(const QModelIndex &child) const
{
    const auto above = child.isValid() ? line(child).parent : 0;
    return above == 0 ? QModelIndex() : createIndex(m_lines[above].row, 0, quintptr(above));
}

int FindingModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(line(parent).children.size());
}

QString FindingModel::words(const Line &line, int column) const
{
    const Finding &finding = m_verdict.findings[line.finding];
    if (line.about == Line::ProofLine) {
        return column == What ? Phrases::proof(*line.proof) : column == Outcome ? Phrases::of(line.proof->value) : QString();
    }
    if (line.about == Line::Explanation) {
        return column == What ? Phrases::explanation(finding) : QString();
    }
    if (line.about == Line::RuleSource) {
        //: %1 is a text of law or a standard, %2 its article
        return column == What ? tr("Source: %1, %2").arg(text(finding.source.name), text(finding.source.reference)) : QString();
    }
    switch (column) {
    //: %1 is the rule's number, %2 its title
    case What:
        return tr("%1 %2").arg(text(finding.rule), Phrases::title(finding));
    case Outcome:
        return Phrases::of(finding.outcome);
    case Severity:
        return Phrases::of(finding.severity);
    case Source:
        return text(finding.source.reference);
    default:
        return {};
    }
}

QVariant FindingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Line &shown = line(index);
    const Finding &finding = m_verdict.findings[shown.finding];
    switch (role) {
    case Qt::DisplayRole:
        return words(shown, index.column());
    case Qt::ToolTipRole:
        return shown.about == Line::RuleSource ? text(finding.source.url) : Phrases::explanation(finding);
    case IdRole:
        return text(finding.rule);
    case StateRole:
        return shown.about == Line::ProofLine ? QVariant() : int(finding.outcome);
    case StatusRole:
        return shown.about == Line::ProofLine ? QVariant() : int(statusOf(finding.severity, finding.outcome));
    case SortRole:
        return int(finding.severity);
    default:
        return {};
    }
}

QVariant FindingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case What:
        return tr("Rule");
    case Outcome:
        return tr("Outcome");
    case Severity:
        return tr("Severity");
    case Source:
        return tr("Source");
    default:
        return {};
    }
}

}
