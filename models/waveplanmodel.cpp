// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/waveplanmodel.h"

#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"

#include <algorithm>

namespace portulan {

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString wordOf(MoveMode mode, CutOver cutOver)
{
    switch (mode) {
    case MoveMode::Cold:
        return cutOver == CutOver::Manual ? WavePlanModel::tr("Cold, I say when") : WavePlanModel::tr("Cold");
    case MoveMode::Warm:
        return cutOver == CutOver::Manual ? WavePlanModel::tr("Warm, I say when") : WavePlanModel::tr("Warm");
    case MoveMode::Live:
        return cutOver == CutOver::Manual ? WavePlanModel::tr("Live, I say when") : WavePlanModel::tr("Live");
    }
    return {};
}

}

WavePlanModel::WavePlanModel(const Federation &federation, const EvacuationPlan &plan, QObject *parent)
    : TwoLevelTree(parent)
    , m_federation(federation)
    , m_plan(plan)
{
}

void WavePlanModel::refresh()
{
    Section noPlace {Group::NoPlace, 0, {}};
    Section leftOut {Group::LeftOut, 0, {}};
    Section fixed {Group::CannotMove, 0, {}};
    for (std::size_t i = 0; i < m_plan.things(); ++i) {
        if (m_plan.cannotMove(i)) {
            fixed.movables.push_back(i);
        } else if (m_plan.stays(i)) {
            leftOut.movables.push_back(i);
        } else if (m_plan.waveOf(i) == 0) {
            noPlace.movables.push_back(i);
        }
    }
    std::vector<Section> sections;
    const auto add = [&sections](Section section) {
        if (!section.movables.empty()) {
            sections.push_back(std::move(section));
        }
    };
    add(std::move(noPlace));
    const auto &waves = m_plan.plan().waves;
    for (std::size_t wave = 0; wave < waves.size(); ++wave) {
        add({Group::Wave, int(wave) + 1, waves[wave].movables});
    }
    add(std::move(leftOut));
    add(std::move(fixed));
    beginResetModel();
    m_sections = std::move(sections);
    endResetModel();
}

std::optional<std::size_t> WavePlanModel::movable(const QModelIndex &index) const
{
    const auto place = index.isValid() ? placeOf(index) : Place {};
    return place.member ? std::optional(m_sections[place.group].movables[*place.member]) : std::nullopt;
}

QModelIndex WavePlanModel::indexOf(const ObjectId &object) const
{
    for (std::size_t s = 0; s < m_sections.size(); ++s) {
        const auto &movables = m_sections[s].movables;
        const auto at = std::ranges::find(movables, object, [this](std::size_t i) { return m_plan.thing(i).object; });
        if (at != movables.end()) {
            return indexAt(s, std::size_t(at - movables.begin()));
        }
    }
    return {};
}

WavePlanModel::Group WavePlanModel::groupOf(const QModelIndex &index) const
{
    return m_sections[placeOf(index).group].group;
}

/// Why here: what the nearest other site would have meant, or that there is none; of what has no place, what stands in its way.
QString WavePlanModel::why(std::size_t movable) const
{
    if (m_plan.stays(movable) && !m_plan.cannotMove(movable)) {
        return tr("You said so.");
    }
    if (m_plan.destinationOf(movable).isEmpty()) {
        return Phrases::sentence(m_plan.obstacleOf(movable));
    }
    if (const auto hindrance = m_plan.hindranceOf(movable)) {
        return Phrases::sentence(*hindrance);
    }
    if (const auto overrun = m_plan.overrunOf(movable)) {
        return Phrases::sentence(*overrun);
    }
    QStringList reasons;
    QStringList names;
    for (const auto &before : m_plan.thing(movable).after) {
        const auto &all = m_plan.evacuation().movables;
        const auto its = std::ranges::find(all, before, &Movable::object);
        names += text(its == all.end() || its->name.empty() ? before.id : its->name);
    }
    if (!names.isEmpty()) {
        reasons += tr("after %1").arg(Formats::list(names));
    }
    const auto nearest = m_plan.nextBest(movable);
    if (m_plan.isPinned(movable)) {
        reasons += tr("you chose it");
    } else if (!nearest) {
        reasons += tr("the only site it may go to");
    } else {
        const auto site = m_federation.siteName(text(nearest->site));
        switch (nearest->why) {
        case NotTaken::Slower:
            reasons += tr("%1 would be slower").arg(site);
            break;
        case NotTaken::Dearer:
            reasons += tr("%1 would be dearer").arg(site);
            break;
        case NotTaken::Equal:
            reasons += tr("%1 would do as well").arg(site);
            break;
        default:
            reasons += tr("%1 has no room for it").arg(site);
        }
    }
    return reasons.join(QStringLiteral(" · "));
}

QString WavePlanModel::modeOf(std::size_t movable) const
{
    const auto &its = m_plan.thing(movable);
    const auto [mode, cutOver] = m_plan.modeOf(movable);
    return its.runs ? wordOf(mode, cutOver) : its.object.kind == ObjectKind::Instance ? tr("Cold: it is stopped") : tr("Copied");
}

QVariant WavePlanModel::display(std::size_t movable, int column) const
{
    const auto &its = m_plan.thing(movable);
    switch (column) {
    case What:
        return text(its.name.empty() ? its.object.id : its.name);
    case To:
        return m_plan.destinationOf(movable).isEmpty() ? QStringLiteral("–") : m_federation.siteName(m_plan.destinationOf(movable));
    case Mode:
        return m_plan.waveOf(movable) == 0 ? QString() : modeOf(movable);
    case Data:
        return Formats::bytes(its.bytes);
    case Why:
        return why(movable);
    default:
        return {};
    }
}

/// How long a wave takes; where hours or a day are waited for, when it does.
QString WavePlanModel::time(int wave) const
{
    if (!m_plan.keepsHours()) {
        return tr("about %1").arg(Formats::duration(m_plan.plan().waves[std::size_t(wave) - 1].seconds));
    }
    const auto [begins, ends] = m_plan.timesOf(wave);
    //: when a wave would begin and end
    return tr("from %1 to %2").arg(Formats::dateTime(begins), Formats::dateTime(ends));
}

QVariant WavePlanModel::display(const Section &section, int column) const
{
    const auto count = int(section.movables.size());
    switch (column) {
    case What:
        return section.group == Group::Wave   ? tr("Wave %1 · %Ln thing(s)", nullptr, count).arg(Formats::number(qint64(section.wave)))
            : section.group == Group::NoPlace ? tr("No place · %Ln thing(s)", nullptr, count)
            : section.group == Group::LeftOut ? tr("Left here · %Ln thing(s)", nullptr, count)
                                              : tr("Cannot move · %Ln thing(s)", nullptr, count);
    case Data: {
        std::int64_t bytes = 0;
        for (const std::size_t i : section.movables) {
            bytes += m_plan.thing(i).bytes;
        }
        return Formats::bytes(bytes);
    }
    case Why:
        return section.group == Group::Wave ? QVariant(time(section.wave)) : QVariant();
    default:
        return {};
    }
}

QVariant WavePlanModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto its = movable(index);
    switch (role) {
    case Qt::DisplayRole:
        return its ? display(*its, index.column()) : display(m_sections[std::size_t(index.row())], index.column());
    case Qt::ToolTipRole:
        return !its ? QVariant() : index.column() == Why ? display(*its, Why) : QVariant(text(m_plan.thing(*its).object.text()));
    case IdRole:
        return its ? QVariant(text(m_plan.thing(*its).object.text())) : QVariant();
    default:
        return {};
    }
}

QVariant WavePlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case What:
        return tr("Object");
    case To:
        return tr("To");
    case Mode:
        return tr("Mode");
    case Data:
        return tr("Data");
    case Why:
        return tr("Why so");
    default:
        return {};
    }
}

}
