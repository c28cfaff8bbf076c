// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/alertspage.h"

#include "models/alertmodel.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"
#include "ui/tables.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace portulan {

namespace {

QString drawingOf(AlertSeverity severity)
{
    return severity == AlertSeverity::Critical ? Theme::iconName(Status::NonCompliant)
        : severity == AlertSeverity::Warning   ? Theme::iconName(Status::ToWatch)
                                               : QStringLiteral("info");
}

/// Gives a severity its drawing, so that it is not told by words alone.
class SeverityDelegate : public QStyledItemDelegate {
public:
    SeverityDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto severity = AlertSeverity(index.data(StateRole).toInt());
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = m_theme.icon(drawingOf(severity), m_theme.colour(severity));
        option->decorationSize = {18, 18};
    }

private:
    const Theme &m_theme;
};

/// Alerts name what they are about as an object's id, a site's, or not at all.
std::optional<ObjectId> objectOf(const Alert &alert)
{
    const auto id = ObjectId::fromText(alert.object);
    return id && id->kind != ObjectKind::Site ? std::optional(*id) : std::nullopt;
}

}

AlertsPage::AlertsPage(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_model(new AlertModel(desk.federation, this))
    , m_table(new QTableView(this))
    , m_empty(new QLabel(this))
    , m_what(new QLabel(this))
    , m_where(new QLabel(this))
    , m_object(new QPushButton(tr("Show the &object"), this))
    , m_site(new QPushButton(tr("Show the s&ite"), this))
    , m_again(new QPushButton(tr("Connect a&gain"), this))
{
    setObjectName(QStringLiteral("alerts"));
    m_table->setObjectName(QStringLiteral("alerts-table"));
    m_table->setAccessibleName(tr("Alerts, worst first"));
    m_table->setModel(m_model);
    dressTable(*m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegateForColumn(AlertModel::Severity, new SeverityDelegate(desk.theme, m_table));
    m_table->horizontalHeader()->setSectionResizeMode(AlertModel::What, QHeaderView::Stretch);
    constexpr std::pair<int, int> widths[]
        = {{AlertModel::Severity, 150}, {AlertModel::Site, 150}, {AlertModel::Object, 150}, {AlertModel::Since, 120}};
    for (const auto &[column, width] : widths) {
        m_table->setColumnWidth(column, width);
    }
    m_empty->setObjectName(QStringLiteral("alerts-empty"));
    m_empty->setWordWrap(true);
    m_empty->setProperty("dim", true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(10);
    layout->addWidget(m_empty);
    layout->addWidget(m_table, 1);
    layout->addWidget(detail());
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AlertsPage::showDetail);
    connect(m_table, &QTableView::activated, this, &AlertsPage::jump);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &AlertsPage::listChanged);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &AlertsPage::listChanged);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &AlertsPage::listChanged);
    connect(&desk.federation, &Federation::siteAdded, this, &AlertsPage::listChanged);
    m_ageing.setInterval(30'000);
    connect(&m_ageing, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    m_ageing.start();
    listChanged();
}

QWidget *AlertsPage::detail()
{
    auto *card = new QFrame(this);
    card->setProperty("card", true);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 12);
    m_what->setObjectName(QStringLiteral("alert-what"));
    m_what->setProperty("heading", true);
    m_where->setProperty("dim", true);
    for (auto *label : {m_what, m_where}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    auto *row = new QHBoxLayout;
    m_object->setObjectName(QStringLiteral("alert-object"));
    m_site->setObjectName(QStringLiteral("alert-site"));
    m_again->setObjectName(QStringLiteral("alert-again"));
    for (auto *button : {m_object, m_site, m_again}) {
        row->addWidget(button);
    }
    row->addStretch(1);
    layout->addLayout(row);
    connect(m_object, &QPushButton::clicked, this, &AlertsPage::jump);
    connect(m_site, &QPushButton::clicked, this, [this] {
        if (const Alert *alert = m_model->alert(m_table->currentIndex().row())) {
            Q_EMIT siteWanted(QString::fromStdString(alert->id.site));
        }
    });
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (const Alert *alert = m_model->alert(m_table->currentIndex().row())) {
            m_desk.federation.reopen(QString::fromStdString(alert->id.site));
        }
    });
    return card;
}

void AlertsPage::listChanged()
{
    const bool none = m_model->rowCount() == 0;
    m_empty->setVisible(none);
    m_empty->setText(m_desk.federation.siteIds().isEmpty() ? tr("No federation is open, so nothing can be said to be wrong. Connect to one first.")
                                                           : tr("Nothing is wrong: every site answers and none reports an alert."));
    m_table->setVisible(!none);
    showDetail();
}

void AlertsPage::showDetail()
{
    const Alert *alert = m_table->currentIndex().isValid() ? m_model->alert(m_table->currentIndex().row()) : nullptr;
    const auto object = alert == nullptr ? std::nullopt : objectOf(*alert);
    const QString site = alert == nullptr ? QString() : QString::fromStdString(alert->id.site);
    m_object->setEnabled(object.has_value());
    m_site->setEnabled(alert != nullptr);
    const bool lost = alert != nullptr && alert->id.id == "link" && !m_desk.federation.standing(site).isLive();
    m_again->setVisible(lost);
    if (alert == nullptr) {
        m_what->setText(m_model->rowCount() == 0 ? QString() : tr("Choose an alert to see all of it and to go to what it is about."));
        m_where->clear();
        return;
    }
    m_what->setText(Phrases::sentence(alert->problem));
    QStringList words {Phrases::of(alert->severity), m_desk.federation.siteName(site)};
    if (alert->since != Instant {}) {
        words += tr("since %1", "a date and time").arg(Formats::dateTime(alert->since));
    }
    m_where->setText(words.join(QStringLiteral(" · ")));
}

void AlertsPage::jump()
{
    const Alert *alert = m_table->currentIndex().isValid() ? m_model->alert(m_table->currentIndex().row()) : nullptr;
    if (alert == nullptr) {
        return;
    }
    if (const auto object = objectOf(*alert)) {
        Q_EMIT objectWanted(*object);
    } else {
        Q_EMIT siteWanted(QString::fromStdString(alert->id.site));
    }
}

}
