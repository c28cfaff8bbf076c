// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/glow.h"

#include <QImage>
#include <algorithm>
#include <cstring>

namespace portulan {

namespace {

constexpr int reduction = 4;

/// One line of a box blur; `step` bytes from one pixel to the next.
void blurLine(uchar *line, int length, int radius, qsizetype step, std::vector<uchar> &buffer)
{
    const int width = 2 * radius + 1;
    int sum = 0;
    for (int i = -radius; i <= radius; ++i)
        sum += line[std::clamp(i, 0, length - 1) * step];
    for (int i = 0; i < length; ++i) {
        buffer[static_cast<std::size_t>(i)] = static_cast<uchar>(sum / width);
        sum += line[std::min(i + radius + 1, length - 1) * step] - line[std::max(i - radius, 0) * step];
    }
    for (int i = 0; i < length; ++i)
        line[i * step] = buffer[static_cast<std::size_t>(i)];
}

/// Three boxes are nearly a Gaussian.
void blur(QImage &mask, int radius)
{
    const int width = mask.width();
    const int height = mask.height();
    std::vector<uchar> buffer(static_cast<std::size_t>(std::max(width, height)));
    auto *bits = mask.bits();
    const auto stride = mask.bytesPerLine();
    for (int pass = 0; pass < 3; ++pass) {
        for (int y = 0; y < height; ++y)
            blurLine(bits + y * stride, width, radius, 1, buffer);
        for (int x = 0; x < width; ++x)
            blurLine(bits + x, height, radius, stride, buffer);
    }
}

}

void drawGlow(QPainter &painter, QSize size, const std::vector<const QPainterPath *> &land, const QColor &colour)
{
    const QSize small = size / reduction + QSize(1, 1);
    QImage narrow(small, QImage::Format_Alpha8);
    narrow.fill(0);
    {
        QPainter mask(&narrow);
        mask.scale(1.0 / reduction, 1.0 / reduction);
        mask.setPen(Qt::NoPen);
        mask.setBrush(Qt::black);
        for (const auto *path : land)
            mask.drawPath(*path);
    }
    auto wide = narrow.copy();
    blur(narrow, 2);
    blur(wide, 7);
    QImage shine(small, QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < small.height(); ++y) {
        auto *out = reinterpret_cast<QRgb *>(shine.scanLine(y));
        const auto *near = narrow.constScanLine(y);
        const auto *far = wide.constScanLine(y);
        for (int x = 0; x < small.width(); ++x) {
            const int alpha = (near[x] * colour.alpha() * 3 / 4 + far[x] * colour.alpha()) / 255;
            out[x] = qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(), std::min(alpha, 255)));
        }
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(0, 0, small.width() * reduction, small.height() * reduction), shine);
}

}
