// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/settingsdialog.h"

#include "models/language.h"
#include "models/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QVBoxLayout>

namespace portulan {

SettingsDialog::SettingsDialog(const Desk &desk, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("settings"));
    setWindowTitle(tr("Settings"));
    setMinimumWidth(420);
    auto *layout = new QVBoxLayout(this);
    auto *form = new QFormLayout;
    layout->addLayout(form);
    Settings &settings = desk.settings;
    const auto combo = [&](const QString &label, const QString &name, Setting setting, const QList<QPair<QString, QString>> &entries) {
        auto *box = new QComboBox(this);
        box->setObjectName(QStringLiteral("settings-") + name);
        box->setAccessibleName(QString(label).remove(QLatin1Char('&')).remove(QLatin1Char(':')).trimmed());
        for (const auto &[value, text] : entries) {
            box->addItem(text, value);
        }
        box->setCurrentIndex(std::max(0, box->findData(settings.text(setting))));
        connect(box, &QComboBox::currentIndexChanged, this, [&settings, box, setting] { settings.set(setting, box->currentData()); });
        form->addRow(label, box);
        return box;
    };
    auto *language = combo(tr("&Language:"), QStringLiteral("language"), Setting::Language,
        {{QString(), tr("as the desktop")}, {QStringLiteral("fr"), Language::nameOf(QStringLiteral("fr"))},
            {QStringLiteral("en"), Language::nameOf(QStringLiteral("en"))}});
    auto *appearance = combo(tr("&Appearance:"), QStringLiteral("appearance"), Setting::Theme,
        {{QStringLiteral("system"), tr("as the desktop")}, {QStringLiteral("light"), tr("light")}, {QStringLiteral("dark"), tr("dark")}});
    const auto check = [&](const QString &text, const QString &name, Setting setting) {
        auto *box = new QCheckBox(text, this);
        box->setObjectName(QStringLiteral("settings-") + name);
        box->setChecked(settings.isOn(setting));
        connect(box, &QCheckBox::toggled, this, [&settings, setting](bool on) { settings.set(setting, on); });
        form->addRow(QString(), box);
    };
    check(tr("&Reduce motion on the map"), QStringLiteral("motion"), Setting::ReduceMotion);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    connect(language, &QComboBox::currentIndexChanged, this, [this, language] {
        close();
        Q_EMIT languageWanted(language->currentData().toString());
    });
    connect(appearance, &QComboBox::currentIndexChanged, this, [this, appearance] {
        close();
        Q_EMIT appearanceWanted(appearance->currentData().toString());
    });
}

}
