// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/tableexport.h"

#include "models/roles.h"
#include "models/wholefile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace portulan {

namespace {

QString quoted(QString cell)
{
    if (!cell.isEmpty() && QStringLiteral("=+-@\t\r").contains(cell.front())) {
        cell.prepend(QLatin1Char('\'')); // a spreadsheet must not run what a tenant called a machine
    }
    const bool special = cell.contains(QLatin1Char('"')) || cell.contains(QLatin1Char(',')) || cell.contains(QLatin1Char('\n'));
    return special ? QLatin1Char('"') + cell.replace(QStringLiteral("\""), QStringLiteral("\"\"")) + QLatin1Char('"') : cell;
}

QByteArray csv(const QAbstractItemModel &model, const QList<int> &columns)
{
    QString text(QChar(0xFEFF));
    const auto line = [&](auto cell) {
        QStringList cells;
        for (const int column : columns) {
            cells += quoted(cell(column));
        }
        text += cells.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    };
    line([&](int column) { return model.headerData(column, Qt::Horizontal).toString(); });
    for (int row = 0; row < model.rowCount(); ++row) {
        line([&](int column) { return model.index(row, column).data().toString(); });
    }
    return text.toUtf8();
}

QByteArray json(const QAbstractItemModel &model, const QList<int> &columns)
{
    QJsonArray rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        QJsonObject object {{QStringLiteral("id"), model.index(row, columns.value(0)).data(IdRole).toString()}};
        for (const int column : columns) {
            const QModelIndex cell = model.index(row, column);
            const QVariant bare = cell.data(SortRole);
            object.insert(model.headerData(column, Qt::Horizontal).toString(), QJsonValue::fromVariant(bare.isValid() ? bare : cell.data()));
        }
        rows.append(object);
    }
    return QJsonDocument(rows).toJson();
}

}

QByteArray tableText(const QAbstractItemModel &model, const QList<int> &columns, TableFormat format)
{
    return format == TableFormat::Csv ? csv(model, columns) : json(model, columns);
}

Result<> writeTable(const QAbstractItemModel &model, const QList<int> &columns, const QString &path)
{
    const auto format = path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive) ? TableFormat::Json : TableFormat::Csv;
    return writeWhole(path, tableText(model, columns, format));
}

}
