// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Orders to an instance that exists, and to snapshots.
#include "app/ctl/commands.h"
#include "models/await.h"

#include <cstdio>

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::PowerCommands)
};
using Make = std::function<Order(const ObjectId &, const Arguments &)>;

/// Finds the object, sends what `make` makes of it, prints the operation.
auto ordering(ObjectKind kind, Make make)
{
    return [kind, make = std::move(make)](Session &session, const Arguments &arguments) {
        session.resolve(arguments.at(0), kind, [&session, arguments, make](const ObjectId &id) {
            session.order(QString::fromStdString(id.site), make(id, arguments), arguments.has("wait"),
                [&session](const Operation &operation) { session.conclude({operation}); });
        });
    };
}

void resize(Session &session, const Arguments &arguments)
{
    const auto vcpus = arguments.number("vcpus", 0, 1, 1024);
    const auto ram = arguments.bytes("ram", 0);
    if (accepts(session, vcpus) && accepts(session, ram)) {
        session.resolve(arguments.at(0), ObjectKind::Instance, [&session, arguments, cpus = *vcpus, bytes = *ram](const ObjectId &id) {
            session.order(QString::fromStdString(id.site), ResizeInstance {id, cpus, bytes}, arguments.has("wait"),
                [&session](const Operation &operation) { session.conclude({operation}); });
        });
    }
}

void console(Session &session, const Arguments &arguments)
{
    const auto bytes = arguments.number("bytes", 65536, 1, 1 << 20);
    if (!accepts(session, bytes)) {
        return;
    }
    session.resolve(arguments.at(0), ObjectKind::Instance, [&session, bytes = int(*bytes)](const ObjectId &id) {
        await(session.federation().link(QString::fromStdString(id.site))->consoleOutput(id, bytes), &session,
            [&session](const Result<QByteArray> &answer) {
                if (!answer) {
                    session.fail(answer.error());
                    return;
                }
                std::fwrite(answer->constData(), 1, std::size_t(answer->size()), stdout);
                session.finish(Exit::Done);
            });
    });
}

/// A snapshot is taken of a volume or of an instance, whichever the name fits.
void snapshot(Session &session, const Arguments &arguments)
{
    const auto of = arguments.at(0);
    const auto kind = of.contains(u"volume/") || arguments.has("volume") ? ObjectKind::Volume : ObjectKind::Instance;
    session.resolve(of, kind, [&session, arguments](const ObjectId &id) {
        const auto name = arguments.value("name", QString::fromStdString(id.id)).toStdString();
        session.order(QString::fromStdString(id.site), CreateSnapshot {id, name}, arguments.has("wait"),
            [&session](const Operation &operation) { session.conclude({operation}); });
    });
}

void attachment(Session &session, const Arguments &arguments, bool attach)
{
    session.resolve(arguments.at(0), ObjectKind::Volume, [&session, arguments, attach](const ObjectId &volume) {
        const QString instance = QString::fromStdString(volume.site) + u"/instance/" + arguments.at(1).section(u'/', -1);
        session.resolve(instance, ObjectKind::Instance, [&session, arguments, attach, volume](const ObjectId &id) {
            const Order order = attach ? Order(AttachVolume {id, volume}) : Order(DetachVolume {id, volume});
            session.order(QString::fromStdString(id.site), order, arguments.has("wait"),
                [&session](const Operation &operation) { session.conclude({operation}); });
        });
    });
}

}

std::vector<Command> powerCommands()
{
    using enum ObjectKind;
    const auto force = [](const Arguments &arguments) { return arguments.has("force"); };
    const QString id = QStringLiteral("ID");
    return {
        {QStringLiteral("instance start"), id, Words::tr("Start an instance."), {{"wait"}}, 1, 1, true,
            ordering(Instance, [](const ObjectId &i, const Arguments &) -> Order { return StartInstance {i}; })},
        {QStringLiteral("instance stop"), id, Words::tr("Stop an instance, by its power button unless forced."), {{"force"}, {"wait"}}, 1, 1, true,
            ordering(Instance,
                [force](const ObjectId &i, const Arguments &a) -> Order {
                    return StopInstance {i, force(a)};
                })},
        {QStringLiteral("instance reboot"), id, Words::tr("Restart an instance."), {{"force"}, {"wait"}}, 1, 1, true,
            ordering(Instance,
                [force](const ObjectId &i, const Arguments &a) -> Order {
                    return RebootInstance {i, force(a)};
                })},
        {QStringLiteral("instance resize"), QStringLiteral("ID [--vcpus N] [--ram SIZE]"), Words::tr("Change the size of a stopped instance."),
            {{"vcpus", "N"}, {"ram", "SIZE"}, {"wait"}}, 1, 1, true, resize},
        {QStringLiteral("instance console"), id, Words::tr("Print the end of an instance's serial console."), {{"bytes", "N"}}, 1, 1, true, console},
        {QStringLiteral("volume attach"), QStringLiteral("VOLUME INSTANCE"), Words::tr("Attach a volume to an instance of its site."), {{"wait"}}, 2,
            2, true, [](Session &session, const Arguments &arguments) { attachment(session, arguments, true); }},
        {QStringLiteral("volume detach"), QStringLiteral("VOLUME INSTANCE"), Words::tr("Detach a volume from an instance."), {{"wait"}}, 2, 2, true,
            [](Session &session, const Arguments &arguments) { attachment(session, arguments, false); }},
        {QStringLiteral("snapshot create"), QStringLiteral("OBJECT [--name NAME]"),
            Words::tr("Take a snapshot of an instance or (--volume) of a volume."), {{"name", "NAME"}, {"volume"}, {"wait"}}, 1, 1, true, snapshot},
        {QStringLiteral("snapshot revert"), id, Words::tr("Bring back the state a snapshot holds."), {{"wait"}}, 1, 1, true,
            ordering(Snapshot, [](const ObjectId &i, const Arguments &) -> Order { return RevertSnapshot {i}; })},
    };
}

}
