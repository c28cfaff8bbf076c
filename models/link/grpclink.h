// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/link/watch.h"

namespace portulan {

/// A site over mutual TLS. Facts come by a Watch; each order and question is a call of its own and works also while the watch is down.
class GrpcLink final : public SiteLink {
    Q_OBJECT
public:
    explicit GrpcLink(const LinkTarget &target, QObject *parent = nullptr);
    ~GrpcLink() override;

    QString siteId() const override;
    LinkState state() const override;
    Problem problem() const override;
    Instant lastHeard() const override;
    qint64 clockSkewMs() const override;
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
    class Wire;
    std::unique_ptr<Wire> m_wire;
};

}
