// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/aboutdialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace portulan {

namespace {
struct Dependency {
    const char *name;
    const char *licence;
};
constexpr Dependency dependencies[] = {{"Qt 6", "LGPL-3.0-only"}, {"Qt Charts", "GPL-3.0-only"}, {"QtKeychain", "BSD-3-Clause"},
    {"gRPC", "Apache-2.0"}, {"Protocol Buffers", "BSD-3-Clause"}, {"OpenSSL", "Apache-2.0"}, {"nlohmann/json", "MIT"}, {"tl::expected", "CC0-1.0"},
    {"Natural Earth", "public domain"}};

QLabel *text(const QString &words, QWidget *parent)
{
    auto *label = new QLabel(words, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}
}

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("about"));
    setWindowTitle(tr("About Portulan"));
    resize(560, 520);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    auto *title = text(tr("Portulan %1").arg(QStringLiteral(PORTULAN_VERSION)), this);
    title->setProperty("title", true);
    layout->addWidget(title);
    layout->addWidget(text(
        tr("The chart and the helm of Europe's federated clouds: where data is, under whose law, and how to move it to where it may be."), this));
    layout->addWidget(
        text(tr("The sources are licensed under the European Union Public Licence, version 1.2. This program is linked with Qt Charts and is "
                "therefore conveyed under the GNU General Public License, version 3 or later, as the EUPL allows. It comes without any warranty."),
            this));
    layout->addWidget(text(tr("Built on:"), this));
    auto *table = new QTableWidget(int(std::size(dependencies)), 2, this);
    table->setAccessibleName(tr("Components and their licences"));
    table->setHorizontalHeaderLabels({tr("Component"), tr("Licence")});
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->verticalHeader()->hide();
    table->setTabKeyNavigation(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (int row = 0; row < table->rowCount(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(QString::fromLatin1(dependencies[row].name)));
        table->setItem(row, 1, new QTableWidgetItem(QString::fromLatin1(dependencies[row].licence)));
    }
    layout->addWidget(table, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

}
