// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/await.h"
#include "models/link/grpclink.h"
#include "tests/fakes/fakegateway.h"
#include "tests/fakes/papers.h"
#include "tests/fakes/world.h"
#include "tests/models/linking.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace portulan;
using namespace std::chrono_literals;

/// Orders and questions over real mutual TLS.
class TestLink : public QObject {
    Q_OBJECT

    template <typename T>
    Result<T> answerOf(const QFuture<Result<T>> &future)
    {
        std::optional<Result<T>> answer;
        await(future, this, [&](const Result<T> &result) { answer = result; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer, 20'000); }();
        return answer ? *answer : Result<T>(refuse(Reason::TimedOut));
    }

private Q_SLOTS:
    void anAnswerComesInTheCallersThread()
    {
        Linked linked;
        QThread *where = nullptr;
        QString who;
        await(linked.link->whoAmI(), this, [&](const Result<Identity> &result) {
            where = QThread::currentThread();
            who = result ? result->identity : QString();
        });
        QTRY_COMPARE(who, QStringLiteral("user/alice"));
        QCOMPARE(where, QThread::currentThread());
    }

    void everyQuestionIsAnswered()
    {
        Linked linked;
        const ObjectId volume {"lyon", ObjectKind::Volume, "v-1"};
        const auto object = answerOf(linked.link->object(volume));
        QVERIFY(object);
        QCOMPARE(idOf(*object), volume);
        const auto plan = answerOf(linked.link->planMigration({volume, "brest", {}, {}}));
        QVERIFY(plan);
        QCOMPARE(plan->blockers.size(), 1);
        QVERIFY(plan->blockers.first().reason == Reason::Quota);
        QCOMPARE(plan->bytes, 4096);
        QVERIFY(plan->verdict.status == Status::Compliant);
        const auto verdict = answerOf(linked.link->judge(QStringLiteral("lyon/volume/v-1"), Classification::Open, {}));
        QVERIFY(verdict);
        QVERIFY(verdict->status == Status::ToWatch);
        QVERIFY(linked.gateway.lastRequest().find("sites/lyon/volumes/v-1") != std::string::npos);
        const auto trail = answerOf(linked.link->audit({}, 10, {}));
        QVERIFY(trail);
        QVERIFY(trail->entries.first().problem.reason == Reason::Quota);
        QCOMPARE(trail->nextPageToken, QStringLiteral("6"));
        const auto verification = answerOf(linked.link->verifyAudit());
        QVERIFY(verification && verification->intact);
        QCOMPARE(verification->entries, quint64(42));
    }

    void aListIsGatheredFromItsPages()
    {
        Linked linked;
        const auto objects = answerOf(linked.link->dataObjects({"lyon", ObjectKind::DataSet, "imagerie"}));
        QVERIFY(objects);
        QCOMPARE(objects->size(), 2500);
        QCOMPARE(objects->last().key, std::string("k2499"));
    }

    void anOrderBecomesAnOperation()
    {
        Linked linked;
        CreateInstance order;
        order.name = "Dossier médical";
        order.project = "hospices";
        const auto operation = answerOf(linked.link->submit({"0b3f1c52-9e6c-4f0f-8a35-2f1d7c1f0a11", {}, false, order}));
        QVERIFY2(operation, operation ? "" : describe(operation.error()).c_str());
        QCOMPARE(operation->id.text(), std::string("lyon/operation/op-1"));
        QVERIFY(linked.gateway.lastRequest().find("hospices") != std::string::npos);
    }

    void aRefusalIsAProblemWithItsFacts()
    {
        Linked linked([](FakeGateway &gateway) { gateway.problem = Problem {Reason::Quota, {{"resource", "vcpus"}, {"limit", "4"}}, "8 wanted"}; });
        const auto operation
            = answerOf(linked.link->submit({"0b3f1c52-9e6c-4f0f-8a35-2f1d7c1f0a11", {}, false, DeleteVolume {{"lyon", ObjectKind::Volume, "v-1"}}}));
        QVERIFY(!operation);
        QVERIFY(operation.error().reason == Reason::Quota);
        QCOMPARE(operation.error().fact("limit"), std::string("4"));
        QCOMPARE(operation.error().detail, std::string("8 wanted"));
    }

    void aDeadSiteIsUnreachable()
    {
        Linked linked;
        linked.gateway.stop();
        const auto who = answerOf(linked.link->whoAmI());
        QVERIFY(!who);
        QVERIFY(who.error().reason == Reason::Unreachable);
    }

    void aCallWorksAgainOnceTheSiteIsBack()
    {
        Linked linked;
        const int port = linked.gateway.port();
        QVERIFY(answerOf(linked.link->whoAmI()));
        linked.gateway.stop();
        QVERIFY(!answerOf(linked.link->whoAmI()));
        linked.gateway.start(linked.site, linked.authority.certificatePem, port);
        QTRY_VERIFY_WITH_TIMEOUT(answerOf(linked.link->whoAmI()).has_value(), 20'000);
    }

    void aNonsenseEndpointIsSaidToBeOne()
    {
        for (const char *endpoint : {"", "lyon", "lyon:", ":7601", "lyon:port", "ly on:7601", "[::1:7601", "unix:/tmp/x:1", "a/b:1"}) {
            GrpcLink link({QStringLiteral("lyon"), QString::fromLatin1(endpoint), {}, hurried()});
            const auto who = answerOf(link.whoAmI());
            QVERIFY2(!who, endpoint);
            QVERIFY(who.error().reason == Reason::InvalidArgument);
            QCOMPARE(who.error().fact("field"), std::string("endpoint"));
        }
    }

    void whoeverAskedMayBeGoneBeforeTheAnswer()
    {
        Linked linked;
        int answers = 0;
        for (int i = 0; i < 100; ++i) {
            QObject asker;
            await(linked.link->whoAmI(), &asker, [&](const Result<Identity> &) { ++answers; });
        }
        QVERIFY(answerOf(linked.link->whoAmI()));
        QCOMPARE(answers, 0);
    }

    void aLinkMayBeGoneBeforeItsAnswers()
    {
        Linked linked([](FakeGateway &gateway) { gateway.silent = true; });
        const auto pending = linked.link->whoAmI();
        linked.link.reset();
        const auto answer = answerOf(pending);
        QVERIFY(!answer);
        QVERIFY(answer.error().reason == Reason::Cancelled);
    }
};
QTEST_GUILESS_MAIN(TestLink)
#include "tst_link.moc"
