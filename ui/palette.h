// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QDialog>
#include <functional>

class QLineEdit;
class QListWidget;

namespace portulan {

/// Something that can be done or gone to, by name.
struct Command {
    QString name;
    QString hint; ///< where it belongs, or its shortcut
    std::function<void()> run;
};

/// Ctrl+K: type a few letters of an action, a site or a machine, press Enter.
class Palette : public QDialog {
    Q_OBJECT
public:
    /// `objects` is asked, at each keystroke, for commands that match the text (sites, machines): at most a few dozen.
    Palette(QVector<Command> commands, std::function<QVector<Command>(const QString &)> objects, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show(const QString &text);
    void runCurrent();

    QVector<Command> m_commands;
    std::function<QVector<Command>(const QString &)> m_objects;
    QVector<Command> m_shown;
    QLineEdit *m_edit;
    QListWidget *m_list;
};

}
