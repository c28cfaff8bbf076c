// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QPushButton>

class QLabel;

namespace portulan {

/// One figure a decision maker asks for: what, how much, and a line of context. Pressed, it shows what it counts.
class FigureCard : public QPushButton {
    Q_OBJECT
public:
    FigureCard(const QString &what, const QString &name, QWidget *parent = nullptr);
    void setFigure(const QString &figure, const QString &context);
    /// Glyph before the figure, where it says good or bad; a null pixmap for none.
    void setGlyph(const QPixmap &glyph);
    void setLarge(bool large); ///< for a projector
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    QLabel *m_what;
    QLabel *m_glyph;
    QLabel *m_figure;
    QLabel *m_context;
};

}
