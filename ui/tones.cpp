// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/tones.h"

#include <algorithm>
#include <cmath>

namespace portulan {

Tones lightTones()
{
    Tones t;
    t.window = QColor(0xeef2f5);
    t.card = QColor(0xffffff);
    t.raised = QColor(0xf4f7f9);
    t.text = QColor(0x17202a);
    t.dim = QColor(0x46545f);
    t.line = QColor(0xdce3e9);
    t.edge = QColor(0x7d8c99);
    t.accent = QColor(0x0b65a3);
    t.onAccent = QColor(0xffffff);
    t.chosen = QColor(0xd6e6f3);
    t.ok = QColor(0x0072b2);
    t.warn = QColor(0xa86200);
    t.bad = QColor(0xb83814);
    t.unknown = QColor(0x566573);
    t.sea = QColor(0xdde7ee);
    t.seaLight = QColor(0xeaf0f4);
    t.land = QColor(0xf7f5f0);
    t.member = QColor(0xc2d8eb);
    t.border = QColor(0xffffff);
    t.coast = QColor(0x9fb3c4);
    t.graticule = QColor(70, 100, 130, 26);
    t.glow = QColor(95, 140, 178, 90);
    t.halo = QColor(255, 255, 255, 220);
    t.flow = QColor(0x0b65a3);
    t.series = {QColor(0x0072b2), QColor(0xb36b00), QColor(0x00845f), QColor(0xa8558a), QColor(0x3f8fc4), QColor(0x6b6b2a)};
    return t;
}

Tones darkTones()
{
    Tones t;
    t.dark = true;
    t.window = QColor(0x0e1a27);
    t.card = QColor(0x152333);
    t.raised = QColor(0x1c2d40);
    t.text = QColor(0xeaf1f7);
    t.dim = QColor(0xa9bccd);
    t.line = QColor(0x26394d);
    t.edge = QColor(0x6c849b);
    t.accent = QColor(0x7cc7f5);
    t.onAccent = QColor(0x08202f);
    t.chosen = QColor(0x22476a);
    t.ok = QColor(0x56b4e9);
    t.warn = QColor(0xe69f00);
    t.bad = QColor(0xff8a63);
    t.unknown = QColor(0x9fb4c7);
    t.sea = QColor(0x0b1622);
    t.seaLight = QColor(0x101f2f);
    t.land = QColor(0x1b2a3a);
    t.member = QColor(0x25425d);
    t.border = QColor(0x0f1c29);
    t.coast = QColor(0x4c6a86);
    t.graticule = QColor(150, 180, 210, 22);
    t.glow = QColor(70, 135, 190, 70);
    t.halo = QColor(11, 22, 34, 220);
    t.flow = QColor(0x7cc7f5);
    t.series = {QColor(0x56b4e9), QColor(0xe69f00), QColor(0x2fbf93), QColor(0xd68ab5), QColor(0x8fd0f5), QColor(0xd8d069)};
    return t;
}

namespace {

double luminance(const QColor &colour)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor over(const QColor &top, const QColor &base)
{
    auto opaque = top;
    opaque.setAlpha(255);
    return mixed(base, opaque, static_cast<double>(top.alphaF()));
}

QColor mixed(const QColor &from, const QColor &to, double share)
{
    const auto part = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {part(from.red(), to.red()), part(from.green(), to.green()), part(from.blue(), to.blue()), part(from.alpha(), to.alpha())};
}

}
