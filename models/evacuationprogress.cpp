// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/evacuationprogress.h"

#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"

#include <algorithm>

namespace portulan {

namespace {

using Stage = EvacuationMove::Stage;

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

std::int64_t bytesOf(const EvacuationMove &move)
{
    return std::max(move.operation.bytesTotal, move.hasBegun() ? 0 : move.bytes);
}

QString nameIn(const Inventory &inventory, const ObjectId &object)
{
    const Slot slot = inventory.find(object);
    const auto name = slot == noSlot ? std::string_view() : inventory.text(inventory.rows(object.kind)[slot].name);
    return text(std::string(name.empty() ? std::string_view(object.id) : name));
}

template <typename Take>
void forEachMove(const std::vector<EvacuationWave> &waves, Take take)
{
    for (const auto &wave : waves) {
        std::ranges::for_each(wave.moves, take);
    }
}

}

EvacuationProgress::EvacuationProgress(Federation &federation, QObject *parent)
    : TwoLevelTree(parent)
    , m_federation(federation)
{
    connect(&federation, &Federation::differed, this, [this](const Differences &what) {
        if (what.operations && !m_evacuation.id.empty()) {
            look();
        }
    });
}

void EvacuationProgress::follow(const ObjectId &evacuation)
{
    if (evacuation != m_evacuation) {
        m_evacuation = evacuation;
        look();
    }
}

const Operation *EvacuationProgress::evacuation() const
{
    return m_evacuation.id.empty() ? nullptr : m_federation.inventory().operation(m_evacuation);
}

void EvacuationProgress::look()
{
    m_planned = m_federation.planned(m_evacuation);
    const Operation *its = evacuation();
    become(its == nullptr ? std::vector<EvacuationWave>() : movesOf(m_federation, *its, m_planned.get()));
    Q_EMIT progressed();
}

/// The same rows, and perhaps further ones at the ends of waves.
bool EvacuationProgress::hasRowsOf(const std::vector<EvacuationWave> &waves) const
{
    return std::ranges::equal(m_waves, waves, [](const EvacuationWave &had, const EvacuationWave &has) {
        return had.number == has.number && had.moves.size() <= has.moves.size()
            && std::equal(had.moves.begin(), had.moves.end(), has.moves.begin(), [](const auto &a, const auto &b) { return a.object == b.object; });
    });
}

void EvacuationProgress::become(std::vector<EvacuationWave> waves)
{
    if (!hasRowsOf(waves)) {
        beginResetModel();
        m_waves = std::move(waves);
        endResetModel();
        return;
    }
    for (std::size_t w = 0; w < waves.size(); ++w) {
        if (waves[w] == m_waves[w]) {
            continue;
        }
        const auto wave = index(int(w), 0);
        auto &had = m_waves[w].moves;
        auto &has = waves[w].moves;
        const auto known = std::ptrdiff_t(had.size());
        if (has.size() > had.size()) {
            beginInsertRows(wave, int(known), int(has.size()) - 1);
            had.insert(had.end(), has.begin() + known, has.end());
            endInsertRows();
        }
        for (int i = 0; i < int(known); ++i) {
            if (had[std::size_t(i)] != has[std::size_t(i)]) {
                had[std::size_t(i)] = std::move(has[std::size_t(i)]);
                Q_EMIT dataChanged(index(i, 0, wave), index(i, ColumnCount - 1, wave));
            }
        }
        Q_EMIT dataChanged(wave, index(int(w), ColumnCount - 1));
    }
}

const EvacuationMove *EvacuationProgress::move(const QModelIndex &index) const
{
    const auto place = index.isValid() ? placeOf(index) : Place {};
    return place.member ? &m_waves[place.group].moves[*place.member] : nullptr;
}

QModelIndex EvacuationProgress::indexOf(const ObjectId &object) const
{
    for (std::size_t w = 0; w < m_waves.size(); ++w) {
        const auto &moves = m_waves[w].moves;
        if (const auto at = std::ranges::find(moves, object, &EvacuationMove::object); at != moves.end()) {
            return indexAt(w, std::size_t(at - moves.begin()));
        }
    }
    return {};
}

int EvacuationProgress::count(Stage stage) const
{
    std::int64_t count = 0;
    for (const auto &wave : m_waves) {
        count += wave.count(stage);
    }
    return int(count);
}

std::vector<ObjectId> EvacuationProgress::operationsAt(Stage stage) const
{
    std::vector<ObjectId> found;
    forEachMove(m_waves, [&](const EvacuationMove &move) {
        if (move.stage == stage && move.hasBegun()) {
            found.push_back(move.operation.id);
        }
    });
    return found;
}

std::vector<Operation> EvacuationProgress::moved() const
{
    std::vector<Operation> found;
    forEachMove(m_waves, [&](const EvacuationMove &move) {
        if (move.operation.state == OperationState::Done && move.hasBegun()) {
            found.push_back(move.operation);
        }
    });
    return found;
}

std::int64_t EvacuationProgress::bytesDone() const
{
    std::int64_t sum = 0;
    forEachMove(m_waves, [&sum](const EvacuationMove &move) { sum += move.operation.bytesDone; });
    return sum;
}

std::int64_t EvacuationProgress::bytesTotal() const
{
    std::int64_t sum = 0;
    forEachMove(m_waves, [&sum](const EvacuationMove &move) { sum += bytesOf(move); });
    return sum;
}

QString EvacuationProgress::note(const EvacuationMove &move) const
{
    const auto passes = Phrases::passes(move.operation).join(QStringLiteral(" · "));
    switch (move.stage) {
    case Stage::Failed:
        return Phrases::sentence(move.operation.problem);
    case Stage::Left:
        return tr("It was not begun and is where it was.");
    case Stage::UnderWay:
        return passes.isEmpty() ? Phrases::phase(move.operation) : passes;
    case Stage::Waiting: {
        QStringList names;
        for (const auto &before : move.after) {
            if (const EvacuationMove *its = this->move(indexOf(before)); its != nullptr && its->stage != Stage::Moved) {
                names += text(its->name);
            } else if (its == nullptr && before.site != m_evacuation.site && !hasLeft(m_federation.inventory(), before)) {
                names += tr("%1 of %2", "a thing, and its site")
                             .arg(nameIn(m_federation.inventory(), before), m_federation.siteName(text(before.site)));
            }
        }
        return names.isEmpty() ? QString() : tr("waits for %1").arg(Formats::list(names));
    }
    default:
        return passes;
    }
}

QVariant EvacuationProgress::display(const EvacuationMove &move, int column) const
{
    switch (column) {
    case What:
        return text(move.name);
    case To:
        return m_federation.siteName(text(move.toSite));
    case State:
        switch (move.stage) {
        case Stage::Waiting:
            return Phrases::of(OperationState::Pending);
        case Stage::UnderWay:
            return Phrases::of(OperationState::Running);
        case Stage::Ready:
            return tr("Ready to cut over");
        case Stage::Paused:
            return Phrases::of(OperationState::Paused);
        case Stage::Moved:
            return tr("Moved");
        case Stage::Failed:
            return Phrases::of(OperationState::Failed);
        case Stage::Left:
            return tr("Not moved");
        }
        return {};
    case Progress:
        return move.share() < 0 ? QString() : Formats::percent(move.share());
    case Data:
        return Formats::bytes(bytesOf(move));
    case Note:
        return note(move);
    default:
        return {};
    }
}

namespace {

double shareOf(const EvacuationWave &wave)
{
    double sum = 0;
    for (const auto &move : wave.moves) {
        sum += std::max(move.share(), 0.0);
    }
    return wave.moves.empty() ? 0 : sum / double(wave.moves.size());
}

QVariant display(const EvacuationWave &wave, int column)
{
    switch (column) {
    case EvacuationProgress::What:
        return wave.number > 0 ? EvacuationProgress::tr("Wave %1").arg(Formats::number(qint64(wave.number))) : EvacuationProgress::tr("Begun so far");
    case EvacuationProgress::State:
        return EvacuationProgress::tr("%1 of %2 moved")
            .arg(Formats::number(qint64(wave.count(Stage::Moved))), Formats::number(qint64(wave.moves.size())));
    case EvacuationProgress::Progress:
        return Formats::percent(shareOf(wave));
    case EvacuationProgress::Data: {
        std::int64_t bytes = 0;
        std::ranges::for_each(wave.moves, [&bytes](const EvacuationMove &move) { bytes += bytesOf(move); });
        return Formats::bytes(bytes);
    }
    default:
        return {};
    }
}

}

QVariant EvacuationProgress::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const EvacuationMove *its = move(index);
    const auto &wave = m_waves[placeOf(index).group];
    switch (role) {
    case Qt::DisplayRole:
        return its == nullptr ? portulan::display(wave, index.column()) : display(*its, index.column());
    case Qt::ToolTipRole:
        return its == nullptr ? QVariant() : index.column() == Note ? QVariant(note(*its)) : QVariant(text(its->object.text()));
    case IdRole:
        return its == nullptr ? QVariant() : QVariant(text(its->object.text()));
    case StateRole:
        return its == nullptr || its->stage != Stage::Failed ? QVariant() : QVariant(int(OperationState::Failed));
    case ShareRole:
        return index.column() != Progress ? QVariant() : QVariant(its == nullptr ? shareOf(wave) : its->share());
    default:
        return {};
    }
}

QVariant EvacuationProgress::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case What:
        return tr("Object");
    case To:
        return tr("To");
    case State:
        return tr("State");
    case Progress:
        return tr("Progress");
    case Data:
        return tr("Data");
    case Note:
        return tr("What is happening");
    default:
        return {};
    }
}

}
