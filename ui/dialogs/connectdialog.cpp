// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/connectdialog.h"

#include "models/phrases.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace portulan {

ConnectDialog::ConnectDialog(Federation::Clock now, const QString &lastFile, bool remembers, QWidget *parent)
    : QDialog(parent)
    , m_plan(new ConnectionPlan(std::move(now), this))
{
    setObjectName(QStringLiteral("connect"));
    setWindowTitle(tr("Connect to a federation"));
    resize(640, 540); // five rows and two notes: a layout does not count the lines a note wraps into
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    auto *intro = new QLabel(
        tr("A federation is described by a file its administrator gives you. It names the sites, who vouches for them, and your certificate."), this);
    intro->setWordWrap(true);
    layout->addWidget(intro);
    auto *tabs = new QTabWidget(this);
    tabs->setObjectName(QStringLiteral("connect-how"));
    tabs->setAccessibleName(tr("How to connect"));
    auto *byFile = new QWidget(tabs);
    auto *fileForm = new QFormLayout(byFile);
    m_file = addFile(fileForm, tr("&Federation file:"), QStringLiteral("file"));
    m_file->setText(lastFile);
    tabs->addTab(byFile, tr("&By a file"));
    auto *byHand = new QWidget(tabs);
    auto *handForm = new QFormLayout(byHand);
    m_site = new QLineEdit(byHand);
    m_endpoint = new QLineEdit(byHand);
    m_site->setObjectName(QStringLiteral("connect-site"));
    m_site->setAccessibleName(tr("Site id"));
    m_endpoint->setObjectName(QStringLiteral("connect-endpoint"));
    m_endpoint->setAccessibleName(tr("Address"));
    m_endpoint->setPlaceholderText(QStringLiteral("gateway.example.org:7601"));
    handForm->addRow(tr("&Site id:"), m_site);
    handForm->addRow(tr("&Address:"), m_endpoint);
    m_authority = addFile(handForm, tr("A&uthority:"), QStringLiteral("authority"));
    m_certificate = addFile(handForm, tr("Your &certificate:"), QStringLiteral("certificate"));
    m_key = addFile(handForm, tr("Your &key:"), QStringLiteral("key"));
    tabs->addTab(byHand, tr("One site by &hand"));
    layout->addWidget(tabs, 1);
    m_keep = new QCheckBox(tr("&Remember my key in the keychain"), this);
    m_keep->setObjectName(QStringLiteral("connect-keep"));
    m_keep->setEnabled(remembers);
    layout->addWidget(m_keep);
    if (!remembers) {
        auto *note
            = new QLabel(tr("No keychain answers on this desktop: your key serves this session only and is forgotten when Portulan closes."), this);
        note->setObjectName(QStringLiteral("connect-session-only"));
        note->setProperty("warning", true);
        note->setWordWrap(true);
        layout->addWidget(note);
    }
    m_words = new QLabel(this);
    m_words->setObjectName(QStringLiteral("connect-words"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    layout->addWidget(m_words);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_connect = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setObjectName(QStringLiteral("connect-go"));
    m_connect->setProperty("primary", true);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT connectionChosen(m_plan->file(), m_keep->isChecked());
        accept();
    });
    connect(m_plan, &ConnectionPlan::changed, this, &ConnectDialog::show);
    connect(tabs, &QTabWidget::currentChanged, this, [this](int tab) {
        if (tab == 1) {
            m_file->clear();
        }
    });
    for (auto *edit : {m_site, m_endpoint}) {
        connect(edit, &QLineEdit::textChanged, this, &ConnectDialog::read);
    }
    read();
}

QLineEdit *ConnectDialog::addFile(QFormLayout *layout, const QString &label, const QString &name)
{
    auto *row = new QWidget(this);
    auto *box = new QHBoxLayout(row);
    box->setContentsMargins(0, 0, 0, 0);
    auto *edit = new QLineEdit(row);
    edit->setObjectName(QStringLiteral("connect-") + name);
    edit->setAccessibleName(QString(label).remove(QLatin1Char('&')).remove(QLatin1Char(':')).trimmed());
    auto *browse = new QPushButton(tr("Choose…"), row);
    browse->setAccessibleName(tr("Choose the file: %1").arg(edit->accessibleName()));
    box->addWidget(edit, 1);
    box->addWidget(browse);
    auto *title = new QLabel(label, this);
    title->setBuddy(edit);
    layout->addRow(title, row);
    connect(edit, &QLineEdit::textChanged, this, &ConnectDialog::read);
    connect(browse, &QPushButton::clicked, this, [this, edit] {
        auto *dialog = new QFileDialog(this, edit->accessibleName());
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QFileDialog::fileSelected, edit, &QLineEdit::setText);
        dialog->open();
    });
    return edit;
}

void ConnectDialog::read()
{
    if (m_key != nullptr && m_connect != nullptr) {
        m_plan->setChoices({m_file->text(), m_site->text(), m_endpoint->text(), m_authority->text(), m_certificate->text(), m_key->text()});
        show();
    }
}

void ConnectDialog::show()
{
    m_words->setText(m_plan->isChecking()  ? tr("Reading…")
            : m_plan->problem() != nullptr ? Phrases::sentence(*m_plan->problem())
            : m_plan->isReady()
            ? tr("%1: %Ln site(s), as %2", nullptr, int(m_plan->file().sites.size())).arg(m_plan->file().name, m_plan->file().identity)
            : QString());
    m_connect->setEnabled(m_plan->isReady());
}

}
