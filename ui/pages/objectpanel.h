// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/inventory.h"
#include "ui/desk.h"

#include <QScrollArea>
#include <QTimer>
#include <optional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace portulan {

class Section;
class VerdictView;

/// All of one object: what it is, where, whose, whether it may be there and why; for an instance its serial console too.
class ObjectPanel : public QScrollArea {
    Q_OBJECT
public:
    explicit ObjectPanel(const Desk &desk, QWidget *parent = nullptr);
    void setObject(const std::optional<ObjectId> &object);

Q_SIGNALS:
    void migrationWanted(const portulan::ObjectId &object);
    void siteWanted(const QString &siteId);

private:
    void refresh();
    void showRow(const Row &row);
    void addFacts(Section &section, const Row &row);
    void showVerdict();
    void fetchConsole();

    Desk m_desk;
    std::optional<ObjectId> m_object;
    std::uint32_t m_version = 0;
    QLabel *m_empty;
    QWidget *m_content;
    QLabel *m_name;
    QLabel *m_where;
    QVBoxLayout *m_facts;
    VerdictView *m_verdict;
    QPushButton *m_migrate;
    QWidget *m_consoleBox;
    QPlainTextEdit *m_console;
    QTimer m_consolePause;
};

}
