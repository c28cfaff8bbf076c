// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QFrame>
#include <QKeySequence>
#include <QVector>

class QButtonGroup;
class QVBoxLayout;

namespace portulan {

/// The rail on the left: one button a page.
class Navigation : public QFrame {
    Q_OBJECT
public:
    explicit Navigation(QWidget *parent = nullptr);

    struct Page {
        QString key;
        QString text;
    };
    const QVector<Page> &pages() const { return m_entries; }
    /// The keys that go to a page; whoever adds the page binds them.
    static QKeySequence keysOf(int page);

    /// `key` names the page for settings and tests ("map"); pages are numbered in the order added.
    void add(const QString &key, const QIcon &icon, const QString &text);
    void setCurrent(int page);
    /// A count shown beside the text (alerts, operations under way); 0 hides it.
    void setCount(int page, int count);

Q_SIGNALS:
    void pageWanted(int page);

private:
    QButtonGroup *m_buttons;
    QVBoxLayout *m_layout;
    QVector<Page> m_entries;
};

}
