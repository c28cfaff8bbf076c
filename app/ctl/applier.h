// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "app/ctl/applyplan.h"
#include "app/ctl/session.h"

#include <QTemporaryDir>
#include <deque>

namespace portulan::ctl {

/// Works off what is wanted at one site: one list after the other, a few entries of a list at once. A failure is told and does not stop
/// the rest.
class Applier : public QObject {
    Q_OBJECT
public:
    struct Failure {
        std::string id;
        Problem problem;
    };
    Applier(Session &session, std::string site, std::deque<Wanted> wanted);

    void start();
    int created() const { return m_created; }
    int left() const { return m_left; } ///< alone: they existed
    const std::vector<Failure> &failures() const { return m_failures; }
    const std::string &site() const { return m_site; }

Q_SIGNALS:
    void finished();

private:
    void next();
    void begin(const Wanted &wanted);
    void ordered(const ObjectId &id, const QFuture<Result<Operation>> &answer, std::function<void()> then);
    void settle(const ObjectId &id, const Problem *problem);
    void project(const Wanted &wanted);
    void putMissing(const Wanted &wanted);
    void put(const ObjectId &id, const std::shared_ptr<std::deque<Wanted::Object>> &objects);
    SiteLink &link() const { return *m_session.federation().link(QString::fromStdString(m_site)); }

    Session &m_session;
    std::string m_site;
    std::deque<Wanted> m_wanted;
    Wanted::Phase m_phase = Wanted::Projects;
    int m_running = 0;
    int m_created = 0;
    int m_left = 0;
    std::vector<Failure> m_failures;
    QTemporaryDir m_scratch;
    int m_scratchFiles = 0;
};

}
