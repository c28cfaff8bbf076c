// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QColor>
#include <QIconEngine>

namespace portulan {

/// A drawing of :/icons in a theme's colours. Drawn at the size and in the mode that are asked for, when they are asked for; Qt's pixmap cache
/// remembers.
class ThemeIcon final : public QIconEngine {
public:
    struct Colours {
        QColor normal;
        QColor disabled;
        QColor selected;
    };
    ThemeIcon(QString file, const Colours &colours);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override; ///< size in device pixels
    QIconEngine *clone() const override;

private:
    const QString m_file;
    const Colours m_colours;
};

}
