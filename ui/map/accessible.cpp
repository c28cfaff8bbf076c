// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/accessible.h"

#include "ui/map/view.h"

#include <QAccessibleWidget>
#include <QPointer>

namespace portulan {

using namespace Qt::StringLiterals;

namespace {

/// A marker as a button. Found again by its key, for markers come and go as the view zooms.
class AccessibleMarker : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    AccessibleMarker(FederationMap *map, QString key)
        : m_map(map)
        , m_key(std::move(key))
    {
    }
    bool isValid() const override { return m_map && index() >= 0; }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_map); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        return kind == QAccessible::Name ? m_map->nameOf(index()) : kind == QAccessible::Description ? m_map->descriptionOf(index()) : QString();
    }
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const auto box = m_map->scene().markerBox(index(), m_map->frame()).toAlignedRect();
        return {m_map->mapToGlobal(box.topLeft()), box.size()};
    }
    QAccessible::Role role() const override { return QAccessible::Button; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = state.selectable = true;
        state.invalid = !isValid();
        state.selected = isValid() && m_map->current() == index();
        state.focused = state.selected && m_map->hasFocus();
        state.offscreen = isValid() && !QRectF(m_map->rect()).intersects(m_map->scene().markerBox(index(), m_map->frame()));
        return state;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString &action) override
    {
        if (!isValid())
            return;
        if (action == pressAction())
            m_map->press(index());
        else if (action == setFocusAction()) {
            m_map->setFocus();
            m_map->setCurrent(index());
        }
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    int index() const
    {
        const int at = m_map->scene().markerOf(m_key);
        return at >= 0 && m_map->scene().markers()[static_cast<std::size_t>(at)].key == m_key ? at : -1;
    }
    QPointer<FederationMap> m_map;
    QString m_key;
};

/// The map as a picture: its buttons (layers, zoom) first, then its markers.
class AccessibleMap : public QAccessibleWidget {
public:
    explicit AccessibleMap(FederationMap *map)
        : QAccessibleWidget(map, QAccessible::Graphic)
    {
    }
    ~AccessibleMap() override
    {
        for (const auto id : std::as_const(m_ids))
            QAccessible::deleteAccessibleInterface(id);
    }
    int childCount() const override { return QAccessibleWidget::childCount() + static_cast<int>(map()->scene().markers().size()); }
    QAccessibleInterface *child(int index) const override
    {
        const int widgets = QAccessibleWidget::childCount();
        if (index < widgets)
            return QAccessibleWidget::child(index);
        const auto &markers = map()->scene().markers();
        if (index - widgets >= static_cast<int>(markers.size()))
            return nullptr;
        const auto &key = markers[static_cast<std::size_t>(index - widgets)].key;
        auto id = m_ids.value(key);
        if (!id) {
            forgetGone();
            id = QAccessible::registerAccessibleInterface(new AccessibleMarker(map(), key));
            m_ids.insert(key, id);
        }
        return QAccessible::accessibleInterface(id);
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        if (const int widget = QAccessibleWidget::indexOfChild(child); widget >= 0)
            return widget;
        const int count = childCount();
        for (int i = QAccessibleWidget::childCount(); i < count; ++i)
            if (this->child(i) == child)
                return i;
        return -1;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        const auto at = map()->mapFromGlobal(QPoint(x, y));
        if (const int marker = map()->scene().markerAt(at, map()->frame()); marker >= 0 && !map()->childAt(at))
            return child(QAccessibleWidget::childCount() + marker);
        return QAccessibleWidget::childAt(x, y);
    }
    QAccessibleInterface *focusChild() const override
    {
        if (const int marker = map()->current(); marker >= 0 && map()->hasFocus())
            return child(QAccessibleWidget::childCount() + marker);
        return QAccessibleWidget::focusChild();
    }
    int widgetChildren() const { return QAccessibleWidget::childCount(); }

private:
    FederationMap *map() const { return static_cast<FederationMap *>(object()); }
    /// Drops the buttons of markers that are no more, once they outnumber those that are.
    void forgetGone() const
    {
        if (m_ids.size() < 2 * static_cast<qsizetype>(map()->scene().markers().size()) + 32)
            return;
        for (auto it = m_ids.begin(); it != m_ids.end();) {
            auto *button = QAccessible::accessibleInterface(*it);
            if (button && button->isValid()) {
                ++it;
                continue;
            }
            QAccessible::deleteAccessibleInterface(*it);
            it = m_ids.erase(it);
        }
    }
    mutable QHash<QString, QAccessible::Id> m_ids;
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *map = qobject_cast<FederationMap *>(object);
    return map ? new AccessibleMap(map) : nullptr;
}

}

void offerMapToScreenReaders()
{
    QAccessible::installFactory(make); // the same function again is ignored
}

void FederationMap::announce(QAccessible::Event what, int marker)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(this, what);
    if (marker >= 0)
        if (const auto *face = dynamic_cast<AccessibleMap *>(QAccessible::queryAccessibleInterface(this)))
            event.setChild(face->widgetChildren() + marker);
    QAccessible::updateAccessibility(&event);
}

}
