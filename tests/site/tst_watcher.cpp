// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/lodge.h"

#include <gtest/gtest.h>
#include <thread>

using namespace portulan;
using test::Lodge;
using test::reasonOf;
using v1::WatchResponse;

namespace {

/// One watch, read by the test.
class Watch {
public:
    explicit Watch(Lodge::Stub &stub, const std::string &from = {}, int pageSize = 0)
    {
        v1::WatchRequest request;
        request.set_resume(from);
        request.set_page_size(pageSize);
        m_context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
        m_stream = stub.Watch(&m_context, request);
    }
    ~Watch() { m_context.TryCancel(); }
    std::optional<WatchResponse> next()
    {
        WatchResponse message;
        return m_stream->Read(&message) ? std::optional(message) : std::nullopt;
    }
    /// Names in the snapshot, to its end.
    std::set<std::string> snapshot()
    {
        std::set<std::string> names;
        while (const auto message = next()) {
            pages += message->phase() == WatchResponse::SNAPSHOT;
            for (const auto &change : message->changes()) {
                const auto id = idOf(wire::fromWire(change).value().thing);
                names.insert(id.text());
            }
            resume = message->resume();
            if (message->phase() == WatchResponse::SNAPSHOT_END) {
                return names;
            }
            EXPECT_EQ(message->phase(), WatchResponse::SNAPSHOT);
            EXPECT_EQ(message->resume(), "") << "a snapshot cut short cannot be resumed";
        }
        ADD_FAILURE() << "the stream ended: " << m_stream->Finish().error_message();
        return names;
    }
    /// The next change about an object; keep-alives and others pass.
    std::optional<Change> changeOf(const ObjectId &id)
    {
        while (const auto message = next()) {
            resume = message->resume();
            for (const auto &change : message->changes()) {
                auto read = wire::fromWire(change).value();
                if (idOf(read.thing) == id) {
                    return read;
                }
            }
        }
        return std::nullopt;
    }
    grpc::Status finish() { return m_stream->Finish(); }
    std::string resume;
    int pages = 0;

private:
    grpc::ClientContext m_context;
    std::unique_ptr<grpc::ClientReader<WatchResponse>> m_stream;
};

}

class WatchTest : public testing::Test {
protected:
    Lodge lodge;
    std::unique_ptr<Lodge::Stub> alice = lodge.client("user/alice");
    std::unique_ptr<Lodge::Stub> ada = lodge.client("user/ada");
    const ObjectId first {"lyon", ObjectKind::Instance, "i-1"};
};

TEST_F(WatchTest, theSnapshotIsWholeAndChangesFollow)
{
    lodge.driver().put(Lodge::instance("i-1"));
    Watch watch(*ada);
    const auto names = watch.snapshot();
    EXPECT_EQ(names, (std::set<std::string> {"lyon", "lyon/project/p1", "lyon/project/p2", "lyon/instance/i-1"}));
    auto renamed = Lodge::instance("i-1");
    renamed.name = "renommée";
    lodge.driver().put(renamed);
    EXPECT_EQ(std::get<Instance>(watch.changeOf(first)->thing).name, "renommée");
    EXPECT_TRUE(lodge.driver().erase(first));
    EXPECT_TRUE(std::holds_alternative<Vanished>(watch.changeOf(first)->thing));
}

TEST_F(WatchTest, oneSeesOnlyOnesProjects)
{
    lodge.driver().put(Lodge::instance("i-1", "p1"));
    lodge.driver().put(Lodge::instance("i-2", "p2"));
    Watch watch(*lodge.client("user/otto"));
    EXPECT_EQ(watch.snapshot(), (std::set<std::string> {"lyon", "lyon/project/p2", "lyon/instance/i-2"}));
    EXPECT_TRUE(lodge.driver().erase(first));
    EXPECT_TRUE(lodge.driver().erase({"lyon", ObjectKind::Instance, "i-2"}));
    bool leaked = false;
    for (bool seen = false; !seen;) {
        const auto message = watch.next();
        ASSERT_TRUE(message);
        for (const auto &change : message->changes()) {
            leaked = leaked || change.vanished() == "sites/lyon/instances/i-1";
            seen = seen || change.vanished() == "sites/lyon/instances/i-2";
        }
    }
    EXPECT_FALSE(leaked) << "not even that it is gone";
}

TEST_F(WatchTest, whoHasNoGrantMayNotWatchNorMaySites)
{
    for (const auto *who : {"user/nobody", "site/porto"}) {
        const auto stub = lodge.client(who);
        Watch watch(*stub);
        EXPECT_FALSE(watch.next());
        EXPECT_EQ(reasonOf(watch.finish()), Reason::NotAuthorised) << who;
    }
    Watch greedy(*ada, {}, 1001);
    EXPECT_FALSE(greedy.next());
    EXPECT_EQ(reasonOf(greedy.finish()), Reason::InvalidArgument);
}

TEST_F(WatchTest, aBrokenWatchResumesWhereItStopped)
{
    std::string resume;
    {
        Watch watch(*ada);
        watch.snapshot();
        resume = watch.resume;
    }
    lodge.driver().put(Lodge::instance("i-1"));
    Watch again(*ada, resume);
    const auto message = again.next();
    ASSERT_TRUE(message);
    EXPECT_NE(message->phase(), WatchResponse::SNAPSHOT);
    if (message->changes_size() == 0) {
        EXPECT_TRUE(again.changeOf(first));
    } else {
        bool found = false;
        for (const auto &change : message->changes()) {
            found = found || change.instance().common().name() == "sites/lyon/instances/i-1";
        }
        EXPECT_TRUE(found || again.changeOf(first));
    }
}

TEST_F(WatchTest, anotherLifeOfTheGatewayOrNonsenseGivesAFreshSnapshot)
{
    std::string resume;
    {
        Watch watch(*ada);
        watch.snapshot();
        resume = watch.resume;
    }
    lodge.restart();
    ada = lodge.client("user/ada");
    for (const std::string &old : {resume, std::string("x"), std::string(":"), std::string("::1"), resume + "99999", std::string(10000, '9')}) {
        Watch watch(*ada, old);
        EXPECT_TRUE(watch.snapshot().contains("lyon")) << old.substr(0, 40);
    }
}

TEST_F(WatchTest, aQuietStreamStaysAlive)
{
    Watch watch(*ada);
    watch.snapshot();
    const auto begun = std::chrono::steady_clock::now();
    for (;;) {
        const auto message = watch.next();
        ASSERT_TRUE(message);
        if (message->phase() == WatchResponse::KEEP_ALIVE) {
            EXPECT_FALSE(message->resume().empty());
            EXPECT_TRUE(message->has_at());
            break;
        }
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(12));
}

TEST_F(WatchTest, aSlowWatcherGetsAFreshSnapshotNotAQueue)
{
    Watch watch(*ada, {}, 1000);
    watch.snapshot();
    const std::string filler(255, 'x');
    for (int i = 0; i < 60'000; ++i) { // far more bytes than gRPC buffers, far more changes than are kept
        auto noisy = Lodge::instance("i-1");
        noisy.name = std::to_string(i);
        noisy.labels["filler"] = filler;
        lodge.driver().put(noisy);
    }
    bool fresh = false;
    std::string last;
    while (last != "59999") {
        const auto message = watch.next();
        ASSERT_TRUE(message);
        fresh = fresh || message->phase() == WatchResponse::SNAPSHOT;
        for (const auto &change : message->changes()) {
            if (change.has_instance()) {
                last = change.instance().common().display_name();
            }
        }
    }
    EXPECT_TRUE(fresh);
}

TEST_F(WatchTest, twentyThousandInstancesAreThereQuickly)
{
    for (int i = 0; i < 20'000; ++i) {
        lodge.driver().put(Lodge::instance("i-" + std::to_string(i)));
    }
    Watch watch(*ada);
    const auto begun = std::chrono::steady_clock::now();
    const auto ms = [&] { return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count(); };
    std::int64_t firstRows = 0;
    int rows = 0;
    int pages = 0;
    while (const auto message = watch.next()) {
        rows += message->changes_size();
        pages += 1;
        firstRows = firstRows ? firstRows : ms();
        EXPECT_LE(message->changes_size(), 500);
        if (message->phase() == WatchResponse::SNAPSHOT_END) {
            break;
        }
    }
    RecordProperty("first_rows_ms", static_cast<int>(firstRows));
    RecordProperty("all_rows_ms", static_cast<int>(ms()));
    std::printf("first rows %lld ms, all %lld ms\n", static_cast<long long>(firstRows), static_cast<long long>(ms()));
    EXPECT_EQ(rows, 20'003);
    EXPECT_EQ(pages, 42);
    EXPECT_LT(ms(), 5000);
}

TEST_F(WatchTest, watchersComeAndGoWhileThingsHappen)
{
    std::atomic<bool> over = false;
    std::thread noise([&] {
        for (int i = 0; !over; ++i) {
            auto noisy = Lodge::instance("i-1");
            noisy.name = std::to_string(i);
            lodge.driver().put(noisy);
        }
    });
    for (int i = 0; i < 50; ++i) {
        Watch watch(i % 2 ? *ada : *alice, {}, 1 + i);
        ASSERT_TRUE(watch.next());
    }
    over = true;
    noise.join();
    Watch last(*ada);
    EXPECT_TRUE(last.snapshot().contains("lyon/instance/i-1"));
}

TEST_F(WatchTest, aGatewayThatStopsEndsItsWatches)
{
    Watch watch(*ada);
    watch.snapshot();
    lodge.stop();
    while (watch.next()) { }
    EXPECT_FALSE(watch.finish().ok());
    EXPECT_NE(lodge.logged().find("gateway.stopped"), std::string::npos);
}
