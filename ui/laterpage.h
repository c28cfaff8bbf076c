// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>

namespace portulan {

/// A page of the window that is made when it is first wanted: the page one sees first does not wait for those behind it.
template <typename Page>
class LaterPage {
public:
    using Maker = std::function<Page *()>;

    void setMaker(Maker maker) { m_maker = std::move(maker); }
    Page *operator->() { return get(); }
    Page *get()
    {
        if (m_page == nullptr) {
            m_page = m_maker();
        }
        return m_page;
    }
    const Page *made() const { return m_page; } ///< nullptr: nobody has wanted it yet
    Page *made() { return m_page; }

private:
    Maker m_maker;
    Page *m_page = nullptr; ///< the window's child
};

}
