// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/link/sitelink.h"

#include <functional>

namespace portulan {

/// A SiteLink whose site is played by the test: it says what the site says, sees what the console asks, and chooses the answers.
/// Questions without an answer set are answered Unsupported; orders with a running operation.
class FakeLink final : public SiteLink {
public:
    explicit FakeLink(const QString &siteId, QObject *parent = nullptr);

    // What the site does.
    void goLive(const std::vector<Thing> &snapshot); ///< a whole snapshot, then Live
    void tell(const std::vector<Thing> &things); ///< changes
    void lose(const Problem &problem = {Reason::Unreachable, {}, {}}); ///< Stale
    void refuse(const Problem &problem = {Reason::Unauthenticated, {}, {}}); ///< Refused
    void setClock(Instant now, qint64 skewMs = 0) { m_now = now, m_skew = skewMs; } ///< what lastHeard() will say
    void holdAnswers() { m_holding = true; } ///< answers wait…
    void releaseAnswers(); ///< …until now

    // What the console asked.
    bool isOpen() const { return m_open; }
    std::vector<Request> requests; ///< orders, in order
    QStringList questions; ///< "whoAmI", "planMigration"… with the id asked about, in order

    // What the site answers.
    std::function<Result<Operation>(const Request &)> onSubmit;
    std::function<Result<Operation>(const Import &, const QString &path)> onImport;
    std::function<Result<qint64>(const QString &path)> onDownload; ///< exportFile, getObject
    Result<Identity> identity;
    std::function<Result<Thing>(const ObjectId &)> onObject;
    Result<QVector<DataObject>> objects;
    std::function<Result<MigrationAssessment>(const Migrate &)> onPlan;
    std::function<Result<Verdict>(const QString &object, Classification, const QString &project)> onJudge;
    Result<QByteArray> console;
    Result<QByteArray> certificate;
    Result<QVector<CapacitySample>> samples;
    Result<AuditPage> auditPage;
    Result<AuditVerification> auditVerification;

    QString siteId() const override { return m_siteId; }
    LinkState state() const override { return m_state; }
    Problem problem() const override { return m_problem; }
    Instant lastHeard() const override { return m_heard; }
    qint64 clockSkewMs() const override { return m_skew; }
    void open() override;
    void close() override;
    QFuture<Result<Operation>> submit(const Request &request) override;
    QFuture<Result<Identity>> whoAmI() override;
    QFuture<Result<Thing>> object(const ObjectId &id) override;
    QFuture<Result<QVector<DataObject>>> dataObjects(const ObjectId &dataSet) override;
    QFuture<Result<MigrationAssessment>> planMigration(const Migrate &order) override;
    QFuture<Result<QByteArray>> migrationCertificate(const ObjectId &operation) override;
    QFuture<Result<Verdict>> judge(const QString &object, Classification hypothetical, const QString &project) override;
    QFuture<Result<QByteArray>> consoleOutput(const ObjectId &instance, int maxBytes) override;
    QFuture<Result<QVector<CapacitySample>>> capacitySamples(Instant from, Instant to) override;
    QFuture<Result<AuditPage>> audit(const QString &pageToken, int pageSize, const QString &object) override;
    QFuture<Result<AuditVerification>> verifyAudit() override;
    QFuture<Result<Operation>> importFile(const Import &import, const QString &path) override;
    QFuture<Result<qint64>> exportFile(const ObjectId &object, const QString &format, const QString &path) override;
    QFuture<Result<DataObject>> putObject(const ObjectId &dataSet, const QString &key, const QString &path) override;
    QFuture<Result<qint64>> getObject(const ObjectId &dataSet, const QString &key, const QString &path) override;

private:
    void become(LinkState state, const Problem &problem = {});
    template <typename T>
    QFuture<Result<T>> answer(Result<T> result);

    QString m_siteId;
    LinkState m_state = LinkState::Idle;
    Problem m_problem;
    Instant m_heard {};
    Instant m_now {};
    qint64 m_skew = 0;
    bool m_open = false;
    bool m_holding = false;
    int m_operations = 0;
    std::vector<std::function<void()>> m_held;
};

}
