// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/census.h"
#include "models/federation.h"

#include <QElapsedTimer>

namespace portulan {

/// Keeps a census of the federation: counted anew when something differed, at most four times a second, in another thread where there is much.
class CensusTaker : public QObject {
    Q_OBJECT
public:
    explicit CensusTaker(Federation &federation, QObject *parent = nullptr);
    const Census &census() const { return m_census; }

Q_SIGNALS:
    void counted();

private:
    void count();
    void take(Census census);

    Federation &m_federation;
    Census m_census;
    QTimer m_pause;
    bool m_isCounting = false;
    bool m_isOutdated = false;
};

}
