// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/censustaker.h"

#include "models/background.h"

namespace portulan {

using namespace std::chrono_literals;

namespace {
constexpr std::size_t fewRows = 20'000;
}

CensusTaker::CensusTaker(Federation &federation, QObject *parent)
    : QObject(parent)
    , m_federation(federation)
    , m_census(Census::of(federation.inventory()))
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &CensusTaker::count);
    connect(&federation, &Federation::differed, this, [this] {
        m_isOutdated = true;
        if (!m_pause.isActive() && !m_isCounting) {
            m_pause.start(250ms);
        }
    });
}

void CensusTaker::count()
{
    m_isOutdated = false;
    std::size_t rows = 0;
    for (const ObjectKind kind : allObjectKinds) {
        rows += m_federation.inventory().rows(kind).size();
    }
    if (rows <= fewRows) {
        take(Census::of(m_federation.inventory()));
        return;
    }
    m_isCounting = true;
    inBackground(
        [reading = m_federation.reading()]() mutable {
            Census census = Census::of(*reading.inventory);
            reading = {}; // facts may flow again
            return census;
        },
        this,
        [this](Census census) {
            m_isCounting = false;
            take(std::move(census));
        });
}

void CensusTaker::take(Census census)
{
    if (census != m_census) {
        m_census = std::move(census);
        Q_EMIT counted();
    }
    if (m_isOutdated && !m_pause.isActive()) {
        m_pause.start(250ms);
    }
}

}
