// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/theme.h"

#include <QStyledItemDelegate>

namespace portulan {

/// A cell with its text and a badge: the verdict's drawing and colour, by StatusRole. Without one it paints as any other cell.
class VerdictDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit VerdictDelegate(const Theme &theme, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Theme m_theme;
};

/// A cell with a bar for ShareRole (0–1) and its text beside it. Below 0 (not known) there is text only.
class BarDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit BarDelegate(const Theme &theme, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    virtual QColor colour(const QModelIndex &index, double share) const = 0;
    const Theme &theme() const { return m_theme; }

private:
    Theme m_theme;
};

/// How full something is: coloured by the theme's thresholds.
class LoadDelegate : public BarDelegate {
    Q_OBJECT
public:
    using BarDelegate::BarDelegate;

protected:
    QColor colour(const QModelIndex &index, double share) const override;
};

/// How far an operation is; StateRole (OperationState) says whether it failed.
class ProgressDelegate : public BarDelegate {
    Q_OBJECT
public:
    using BarDelegate::BarDelegate;

protected:
    QColor colour(const QModelIndex &index, double share) const override;
};

}
