// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/movemode.h"
#include "core/result.h"
#include "models/moveoptions.h"

#include <QWidget>
#include <optional>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace portulan {

struct EvacuationChoices;
struct EvacuationException;

/// How a machine that runs may be moved, as choices of a combo box.
void addMoveModes(QComboBox &combo);
std::pair<MoveMode, CutOver> moveModeOf(const QComboBox &combo);

/// What holds for all moves of an evacuation: mode, bandwidth, hours, how long the copies are kept, whether machines start there.
class EvacuateOptions : public QWidget {
    Q_OBJECT
public:
    explicit EvacuateOptions(QWidget *parent = nullptr);
    /// InvalidArgument where what is typed means nothing.
    Result<> read(EvacuationChoices &choices) const;

Q_SIGNALS:
    void choiceChanged();

private:
    QComboBox *m_mode;
    QLineEdit *m_bandwidth;
    QLineEdit *m_hours;
    QComboBox *m_retention;
    QCheckBox *m_start;
};

/// What is decided about one thing alone: where to, how, when, or that it stays.
class EvacuateException : public QWidget {
    Q_OBJECT
public:
    explicit EvacuateException(QWidget *parent = nullptr);
    /// Of the thing of that name; `why` says what is planned for it and why, `sites` are ids and names it may be sent to. An empty name: of nothing.
    void show(const QString &name, const QString &why, bool runs, const QList<std::pair<QString, QString>> &sites, const EvacuationException &its);
    EvacuationException chosen() const; ///< what is typed and means nothing is no choice

Q_SIGNALS:
    void choiceChanged();

private:
    QHBoxLayout *hours();
    QHBoxLayout *addRow(QHBoxLayout *row, const QString &text, QWidget *control, const char *name);
    void takeTyped();
    Result<MoveOverrides> typed() const;

    QLabel *m_what;
    QComboBox *m_to;
    QComboBox *m_mode;
    QCheckBox *m_stays;
    QLineEdit *m_hours;
    QLineEdit *m_bandwidth;
    QLineEdit *m_begin;
    QComboBox *m_keep;
    MoveOverrides m_shown;
};

}
