// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/verdict.h"
#include "core/workload.h"
#include "ui/tones.h"

#include <QFont>
#include <QIcon>
#include <QPalette>

class QApplication;

namespace portulan {

/// Gives values their look: verdict and load to colour, name to icon, and the whole application its palette, font and style sheet.
/// A value: app/console makes one and hands it to whoever paints; changing appearance rebuilds the window with another.
class Theme {
public:
    enum class Appearance { Light, Dark };
    explicit Theme(Appearance appearance);
    /// The appearance the desktop asks for, by the lightness of its window colour.
    static Appearance systemAppearance(const QPalette &desktop);

    const Tones &tones() const { return m_tones; }
    bool isDark() const { return m_tones.dark; }

    QColor colour(Status status) const;
    /// Of a share used, 0–1: to watch from 0.75, critical from 0.9; below 0 (not known) the colour of the unknown.
    QColor loadColour(double load) const;
    /// The same thresholds as a verdict's glyph, for where a shape must say it.
    static Status loadStatus(double load);
    QColor colour(AlertSeverity severity) const;

    /// The drawing :/icons/NAME.svg in this appearance's colours (normal, disabled, selected); a null icon for an unknown name.
    QIcon icon(const QString &name) const;
    QIcon icon(const QString &name, const QColor &colour) const;
    QIcon icon(Status status) const;
    static QString iconName(Status status);

    /// Inter where it is installed, else the desktop's own. `points` is a size in points.
    QFont font(double points, QFont::Weight weight = QFont::Normal) const;

    QPalette palette() const;
    QString styleSheet() const;
    /// Gives `application` this palette, font and style sheet.
    void apply(QApplication &application) const;

private:
    Tones m_tones;
    QString m_family;
};

}
