// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QObject>
#include <QSettings>
#include <QVariant>

namespace portulan {

/// What is remembered between two sessions, all of it, in one table. Nothing secret: that is SecretStore's.
enum class Setting {
    Language, ///< "", "fr" or "en"; empty: the desktop's
    Theme, ///< "system", "light" or "dark"
    FederationFile, ///< the last one connected to
    RecentFederations,
    WindowGeometry,
    WindowState,
    Page, ///< last shown
    MapLayer,
    ReduceMotion,
    InventoryKind,
    InventoryColumns, ///< map: kind → list of columns shown
    SavedViews, ///< map: name → query
    ConfirmDeletions,
    NotifyWhenDone, ///< of one's own operations
};

class Settings : public QObject {
    Q_OBJECT
public:
    /// In the user's own file, or in one of the caller's (tests, --profile).
    explicit Settings(QObject *parent = nullptr);
    explicit Settings(const QString &file, QObject *parent = nullptr);

    /// The value, or its default if nothing, or something of another type, is stored.
    QVariant value(Setting setting) const;
    QString text(Setting setting) const { return value(setting).toString(); }
    bool isOn(Setting setting) const { return value(setting).toBool(); }
    /// Writes only what differs; changed() follows.
    void set(Setting setting, const QVariant &value);
    void forget(Setting setting);
    static QString keyOf(Setting setting);

Q_SIGNALS:
    void changed(portulan::Setting setting);

private:
    QSettings m_store;
};

}
