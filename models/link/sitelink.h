// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/change.h"
#include "core/order.h"
#include "core/verdict.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QVector>

namespace portulan {

/// How a site is, seen from here.
enum class LinkState {
    Idle, ///< not asked yet
    Connecting,
    Live, ///< streaming; what is shown is at most a keep-alive old
    Stale, ///< lost; the last known state stays, dated; retried by itself (1 s to 30 s)
    Refused, ///< the site does not accept this certificate, or is not who it should be: not retried by itself
};
std::string_view toString(LinkState state); ///< "idle", "connecting", "live", "stale", "refused": for logs and JSON

struct Identity {
    QString identity;
    QVector<QPair<QString, QString>> grants; ///< role, project ("*": all)
};

struct MigrationAssessment { ///< of PlanMigration
    QVector<Problem> blockers;
    QVector<Problem> warnings;
    Verdict verdict;
    qint64 bytes = 0;
    qint64 diskBytes = 0;
    double seconds = 0;
    double secondsError = 0;
    double outageSeconds = 0;
    double outageSecondsError = 0;
    QStringList steps;
    qint64 linkBytesPerSecond = 0;
    int learnedFrom = 0; ///< earlier migrations to that site the estimate rests on
};

struct AuditEntry {
    quint64 sequence = 0;
    Instant at {};
    QString actor, role, action, object, project, outcome, requestId, detail, previousHash, hash;
    Problem problem;
};
struct AuditPage {
    QVector<AuditEntry> entries;
    QString nextPageToken;
};
struct AuditVerification {
    bool intact = false;
    quint64 entries = 0;
    quint64 firstBroken = 0;
    QString reason;
    QString headHash;
};

/// A site as the console sees it: facts as signals, orders and questions as futures (received with await(), models/await.h). Lives in the
/// thread that made it; never blocks it.
class SiteLink : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QString siteId() const = 0;
    virtual LinkState state() const = 0;
    virtual Problem problem() const = 0; ///< why it is Stale or Refused
    virtual Instant lastHeard() const = 0; ///< by this machine's clock; 0 if never
    virtual qint64 clockSkewMs() const = 0; ///< the site's clock minus ours, at the last message

    virtual void open() = 0; ///< begins to watch; returns at once
    virtual void close() = 0;

    // Orders and questions. Every future ends: with an answer, or with Unreachable / TimedOut.
    virtual QFuture<Result<Operation>> submit(const Request &request) = 0;
    virtual QFuture<Result<Identity>> whoAmI() = 0;
    virtual QFuture<Result<Thing>> object(const ObjectId &id) = 0;
    virtual QFuture<Result<QVector<DataObject>>> dataObjects(const ObjectId &dataSet) = 0;
    virtual QFuture<Result<MigrationAssessment>> planMigration(const Migrate &order) = 0;
    /// Its certificate, and the record of its copy's erasure if the site asked has one: a file (proofText(), core/erasurerecord.h). NotReady before.
    virtual QFuture<Result<QByteArray>> migrationCertificate(const ObjectId &operation) = 0;
    virtual QFuture<Result<Verdict>> judge(const QString &object, Classification hypothetical, const QString &project) = 0;
    virtual QFuture<Result<QByteArray>> consoleOutput(const ObjectId &instance, int maxBytes) = 0;
    virtual QFuture<Result<QVector<CapacitySample>>> capacitySamples(Instant from, Instant to) = 0;
    virtual QFuture<Result<AuditPage>> audit(const QString &pageToken, int pageSize, const QString &object) = 0;
    virtual QFuture<Result<AuditVerification>> verifyAudit() = 0;

    struct Import {
        ObjectKind kind = ObjectKind::Volume;
        std::string id, name, project, format, os, sha256;
        Classification classification = Classification::Unclassified;
    };
    /// Bytes of a local file to the site; progress() reports. The file is read off the main thread.
    virtual QFuture<Result<Operation>> importFile(const Import &import, const QString &path) = 0;
    /// A volume or image into a local file: written beside it as .part, renamed when its digest is right.
    virtual QFuture<Result<qint64>> exportFile(const ObjectId &object, const QString &format, const QString &path) = 0;
    virtual QFuture<Result<DataObject>> putObject(const ObjectId &dataSet, const QString &key, const QString &path) = 0;
    virtual QFuture<Result<qint64>> getObject(const ObjectId &dataSet, const QString &key, const QString &path) = 0;

Q_SIGNALS:
    void stateChanged(portulan::LinkState state);
    void snapshotBegan();
    void snapshotEnded();
    /// Facts, in order; between snapshotBegan and snapshotEnded they are the snapshot.
    void changed(const QVector<portulan::Thing> &things);
    void progress(const QString &path, qint64 done, qint64 total);
};

}
