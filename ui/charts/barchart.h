// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/charts/chartcard.h"

#include <functional>

class QBarCategoryAxis;
class QValueAxis;

namespace portulan {

/// Lying bars by category, the first on top: side by side, or end to end where the parts make a whole.
class BarChart : public ChartCard {
    Q_OBJECT
public:
    enum class Shape { SideBySide, Stacked };
    /// `words` writes a value ("1.2 TB", "62 %") for the table and the tip; without it, plain numbers.
    using Words = std::function<QString(double)>;
    BarChart(const Theme &theme, const QString &title, Shape shape, QWidget *parent = nullptr);
    void setWords(Words words) { m_words = std::move(words); }
    /// Of the scale: its end (0: the largest value, rounded up) and what its numbers are multiplied with and called ("%", "TB").
    void setScale(double end, double factor, const QString &unit);
    void setData(BarData bars);

protected:
    void redraw() override;

private:
    void drawBars();
    double largest() const;
    QString worded(double value) const;

    Shape m_shape;
    Words m_words;
    BarData m_data;
    double m_end = 0;
    double m_factor = 1;
    QBarCategoryAxis *m_categories;
    QValueAxis *m_values;
};

}
