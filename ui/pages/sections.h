// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/fact.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace portulan {

/// A titled card whose rows are "name: value", for panels that read rather than edit. Values can be selected and copied.
class Section : public QFrame {
    Q_OBJECT
public:
    explicit Section(const QString &title, QWidget *parent = nullptr);
    /// A row; `name` may be empty: the value takes the whole width. Returns the value's label.
    QLabel *add(const QString &name, const QString &value);
    void add(const QString &name, QWidget *value);
    void addWide(QWidget *widget);
    bool isEmpty() const { return m_form->rowCount() == 0; }

private:
    QFormLayout *m_form;
};

/// "operator declaration · 12 Oct 2026 · declared": where a fact comes from.
QString provenance(const Fact &fact);

}
