// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QColor>
#include <array>

namespace portulan {

/// The colours of one appearance, by what they are for. Land and surfaces are quiet; saturation is kept for status and flows. Contrasts
/// (4.5:1 for text, 3:1 for marks and edges of controls) are computed in tst_theme, not believed.
struct Tones {
    bool dark = false;
    // Surfaces and words.
    QColor window; ///< behind everything
    QColor card; ///< panels, tables, fields
    QColor raised; ///< headers, hovered rows
    QColor text;
    QColor dim; ///< secondary words, still 4.5:1
    QColor line; ///< decorative hairlines
    QColor edge; ///< edges that carry meaning (fields, buttons): 3:1
    QColor accent; ///< primary action, focus, links
    QColor onAccent; ///< words on it
    QColor chosen; ///< background of a selected row
    // Status.
    QColor ok;
    QColor warn;
    QColor bad;
    QColor unknown;
    // Map.
    QColor sea;
    QColor seaLight; ///< in the middle of its gradient
    QColor land;
    QColor member; ///< countries of the federation
    QColor border;
    QColor coast;
    QColor graticule;
    QColor glow; ///< of the coasts
    QColor halo; ///< behind words on the map
    QColor flow;
    std::array<QColor, 6> series; ///< of charts, Okabe and Ito's, adjusted per appearance
};

Tones lightTones();
Tones darkTones();

/// WCAG 2.1 contrast ratio of two opaque colours, 1–21.
double contrast(const QColor &one, const QColor &other);
/// `top` (possibly translucent) laid over `base`.
QColor over(const QColor &top, const QColor &base);
/// Share 0–1 of `to` in a mix with `from`.
QColor mixed(const QColor &from, const QColor &to, double share);

}
