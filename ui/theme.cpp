// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/theme.h"

#include "ui/themeicon.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QStyleFactory>

// A resource inside a static library is only linked if somebody asks for it by name, outside any namespace.
static void bringIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace portulan {

using namespace Qt::StringLiterals;

Theme::Theme(Appearance appearance)
    : m_tones(appearance == Appearance::Dark ? darkTones() : lightTones())
    , m_family(QFontDatabase::hasFamily(u"Inter"_s) ? u"Inter"_s : QFontDatabase::systemFont(QFontDatabase::GeneralFont).family())
{
    bringIcons();
}

Theme::Appearance Theme::systemAppearance(const QPalette &desktop)
{
    return desktop.color(QPalette::Window).lightness() < 128 ? Appearance::Dark : Appearance::Light;
}

QColor Theme::colour(Status status) const
{
    switch (status) {
    case Status::Compliant:
        return m_tones.ok;
    case Status::ToWatch:
        return m_tones.warn;
    case Status::NonCompliant:
    case Status::Conflict:
        return m_tones.bad;
    case Status::NotEvaluated:
        break;
    }
    return m_tones.unknown;
}

QColor Theme::loadColour(double load) const
{
    return colour(loadStatus(load));
}

Status Theme::loadStatus(double load)
{
    if (load < 0)
        return Status::NotEvaluated;
    return load >= 0.9 ? Status::NonCompliant : load >= 0.75 ? Status::ToWatch : Status::Compliant;
}

QColor Theme::colour(AlertSeverity severity) const
{
    switch (severity) {
    case AlertSeverity::Critical:
        return m_tones.bad;
    case AlertSeverity::Warning:
        return m_tones.warn;
    case AlertSeverity::Info:
        break;
    }
    return m_tones.accent;
}

QIcon Theme::icon(const QString &name) const
{
    return icon(name, m_tones.text);
}

QIcon Theme::icon(const QString &name, const QColor &colour) const
{
    const QString file = u":/icons/%1.svg"_s.arg(name);
    return QFile::exists(file) ? QIcon(new ThemeIcon(file, {colour, mixed(colour, m_tones.card, 0.55), m_tones.text})) : QIcon();
}

QString Theme::iconName(Status status)
{
    switch (status) {
    case Status::Compliant:
        return u"ok"_s;
    case Status::ToWatch:
        return u"watch"_s;
    case Status::NonCompliant:
        return u"refused"_s;
    case Status::Conflict:
        return u"conflict"_s;
    case Status::NotEvaluated:
        break;
    }
    return u"unknown"_s;
}

QIcon Theme::icon(Status status) const
{
    return icon(iconName(status), colour(status));
}

QFont Theme::font(double points, QFont::Weight weight) const
{
    QFont font(m_family);
    font.setPointSizeF(points);
    font.setWeight(weight);
    return font;
}

QPalette Theme::palette() const
{
    const auto &t = m_tones;
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.card);
    p.setColor(QPalette::AlternateBase, t.raised);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::Button, t.card);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.bad);
    p.setColor(QPalette::ToolTipBase, t.card);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::PlaceholderText, t.dim);
    p.setColor(QPalette::Highlight, t.chosen);
    p.setColor(QPalette::HighlightedText, t.text);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::Light, t.raised);
    p.setColor(QPalette::Midlight, t.line);
    p.setColor(QPalette::Mid, t.line);
    p.setColor(QPalette::Dark, t.edge);
    p.setColor(QPalette::Shadow, t.edge);
    const auto faded = mixed(t.text, t.card, 0.55);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, faded);
    return p;
}

void Theme::apply(QApplication &application) const
{
    application.setStyle(QStyleFactory::create(u"Fusion"_s));
    application.setFont(font(10));
    application.setPalette(palette());
    application.setStyleSheet(styleSheet());
}

}
