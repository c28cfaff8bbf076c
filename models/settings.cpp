// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/settings.h"

#include "models/log.h"

#include <QStringList>

namespace portulan {

namespace {

struct Entry {
    Setting setting;
    const char *key;
    QVariant fallback; ///< its type is the setting's
};

const Entry &entry(Setting setting)
{
    static const Entry table[] = {
        {Setting::Language, "language", QString()},
        {Setting::Theme, "theme", QStringLiteral("system")},
        {Setting::FederationFile, "federation/file", QString()},
        {Setting::RecentFederations, "federation/recent", QStringList()},
        {Setting::WindowGeometry, "window/geometry", QByteArray()},
        {Setting::WindowState, "window/state", QByteArray()},
        {Setting::Page, "window/page", QStringLiteral("map")},
        {Setting::MapLayer, "map/layer", QStringLiteral("compliance")},
        {Setting::ReduceMotion, "map/reduce_motion", false},
        {Setting::InventoryKind, "inventory/kind", QStringLiteral("instance")},
        {Setting::InventoryColumns, "inventory/columns", QVariantMap()},
        {Setting::SavedViews, "inventory/views", QVariantMap()},
        {Setting::ConfirmDeletions, "confirm_deletions", true},
        {Setting::NotifyWhenDone, "notify_when_done", true},
    };
    return table[std::size_t(setting)];
}

}

Settings::Settings(QObject *parent)
    : QObject(parent)
    , m_store(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("portulan"), QStringLiteral("console"))
{
}

Settings::Settings(const QString &file, QObject *parent)
    : QObject(parent)
    , m_store(file, QSettings::IniFormat)
{
}

QString Settings::keyOf(Setting setting)
{
    return QLatin1String(entry(setting).key);
}

QVariant Settings::value(Setting setting) const
{
    const auto &known = entry(setting);
    QVariant stored = m_store.value(keyOf(setting));
    if (!stored.isValid()) {
        return known.fallback;
    }
    const auto type = known.fallback.metaType();
    if (stored.metaType() == type) {
        return stored;
    }
    // INI files give back words; a word that is no such value is as good as nothing.
    const auto asText = stored.toString();
    if (type.id() == QMetaType::Bool && asText != u"true" && asText != u"false") {
        return known.fallback;
    }
    return stored.convert(type) ? stored : known.fallback;
}

void Settings::set(Setting setting, const QVariant &value)
{
    if (!value.canConvert(entry(setting).fallback.metaType())) {
        qCWarning(logModel) << "setting" << keyOf(setting) << "cannot be a" << value.typeName();
        return;
    }
    if (this->value(setting) != value) {
        m_store.setValue(keyOf(setting), value);
        Q_EMIT changed(setting);
    }
}

void Settings::forget(Setting setting)
{
    const auto before = value(setting);
    m_store.remove(keyOf(setting));
    if (before != value(setting)) {
        Q_EMIT changed(setting);
    }
}

}
