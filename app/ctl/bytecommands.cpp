// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Files in and out: volumes, images, objects of data sets.
#include "app/ctl/commands.h"
#include "app/ctl/thingjson.h"
#include "models/await.h"
#include "models/formats.h"

#include <QFileInfo>

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::ByteCommands)
};

void showProgress(Session &session, SiteLink *link)
{
    QObject::connect(link, &SiteLink::progress, &session, [](const QString &path, qint64 done, qint64 total) {
        //: %1 a file, %2 and %3 amounts of bytes
        sayInPlace(Words::tr("%1: %2 of %3").arg(QFileInfo(path).fileName(), Formats::bytes(done), Formats::bytes(total)));
    });
}

SiteLink *siteOf(Session &session, const QString &id)
{
    SiteLink *link = session.federation().link(id);
    if (link == nullptr) {
        session.usage({Reason::InvalidArgument,
            {{"field", "--site"}, {"value", id.toStdString()}, {"expected", session.federation().siteIds().join(u", ").toStdString()}}, {}});
    }
    return link;
}

QString formatOf(const Arguments &arguments, const QString &path)
{
    const auto suffix = QFileInfo(path).suffix().toLower();
    return arguments.value("format", suffix == u"qcow2" || suffix == u"vmdk" ? suffix : QStringLiteral("raw"));
}

void import(Session &session, const Arguments &arguments, ObjectKind kind)
{
    const auto path = arguments.value("file");
    const auto classification = classOf(arguments);
    if (path.isEmpty() || !QFileInfo(path).isReadable()) {
        session.usage({Reason::InvalidArgument, {{"field", "--file"}, {"value", path.toStdString()}, {"expected", "a file that can be read"}}, {}});
        return;
    }
    if (!accepts(session, classification)) {
        return;
    }
    const auto site = arguments.value("site");
    if (SiteLink *link = siteOf(session, site)) {
        showProgress(session, link);
        const auto name = arguments.value("name", QFileInfo(path).completeBaseName());
        const SiteLink::Import what {kind, arguments.value("id").toStdString(), name.toStdString(), arguments.value("project").toStdString(),
            arguments.has("format") ? formatOf(arguments, path).toStdString() : std::string(), arguments.value("os").toStdString(),
            arguments.value("sha256").toStdString(), *classification};
        await(link->importFile(what, path), &session, [&session](const Result<Operation> &answer) {
            if (answer) {
                session.follow({answer->id}, [&session](const std::vector<Operation> &operations) { session.conclude(operations); });
            } else {
                session.fail(answer.error());
            }
        });
    }
}

void exportTo(Session &session, const Arguments &arguments, ObjectKind kind)
{
    const auto path = arguments.value("file");
    if (path.isEmpty()) {
        session.usage({Reason::InvalidArgument, {{"field", "--file"}, {"expected", "a path"}}, {}});
        return;
    }
    session.resolve(arguments.at(0), kind, [&session, arguments, path](const ObjectId &id) {
        SiteLink *link = session.federation().link(QString::fromStdString(id.site));
        showProgress(session, link);
        await(link->exportFile(id, formatOf(arguments, path), path), &session, [&session, id, path](const Result<qint64> &answer) {
            if (answer) {
                print(Json {{"id", id.text()}, {"file", path.toStdString()}, {"bytes", *answer}}, session.options().form);
                session.finish(Exit::Done);
            } else {
                session.fail(answer.error());
            }
        });
    });
}

Json objectJson(const DataObject &object)
{
    return {{"key", object.key}, {"size_bytes", object.size}, {"sha256", object.sha256}, {"changed_at", toRfc3339(object.changedAt)}};
}

void objects(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::DataSet, [&session](const ObjectId &id) {
        await(session.federation().link(QString::fromStdString(id.site))->dataObjects(id), &session,
            [&session](const Result<QVector<DataObject>> &answer) {
                if (!answer) {
                    session.fail(answer.error());
                    return;
                }
                Listing listing {{Words::tr("KEY"), Words::tr("SIZE"), Words::tr("CHANGED")}, {}, Json::array(), {}};
                for (const auto &object : *answer) {
                    listing.add(
                        objectJson(object), {QString::fromStdString(object.key), Formats::bytes(object.size), Formats::dateTime(object.changedAt)});
                }
                print(listing, session.options().form);
                session.finish(Exit::Done);
            });
    });
}

void put(Session &session, const Arguments &arguments)
{
    const auto path = arguments.at(1);
    const auto key = arguments.value("key", QFileInfo(path).fileName());
    if (!QFileInfo(path).isReadable()) {
        session.usage({Reason::InvalidArgument, {{"field", "FILE"}, {"value", path.toStdString()}, {"expected", "a file that can be read"}}, {}});
        return;
    }
    session.resolve(arguments.at(0), ObjectKind::DataSet, [&session, path, key](const ObjectId &id) {
        SiteLink *link = session.federation().link(QString::fromStdString(id.site));
        showProgress(session, link);
        await(link->putObject(id, key, path), &session, [&session](const Result<DataObject> &answer) {
            if (answer) {
                print(objectJson(*answer), session.options().form);
                session.finish(Exit::Done);
            } else {
                session.fail(answer.error());
            }
        });
    });
}

void get(Session &session, const Arguments &arguments)
{
    const auto key = arguments.at(1);
    const auto path = arguments.value("file", QFileInfo(key).fileName());
    session.resolve(arguments.at(0), ObjectKind::DataSet, [&session, path, key](const ObjectId &id) {
        SiteLink *link = session.federation().link(QString::fromStdString(id.site));
        showProgress(session, link);
        await(link->getObject(id, key, path), &session, [&session, path, key](const Result<qint64> &answer) {
            if (answer) {
                print(Json {{"key", key.toStdString()}, {"file", path.toStdString()}, {"bytes", *answer}}, session.options().form);
                session.finish(Exit::Done);
            } else {
                session.fail(answer.error());
            }
        });
    });
}

void removeObject(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::DataSet, [&session, arguments](const ObjectId &id) {
        session.order(QString::fromStdString(id.site), DeleteDataObject {id, arguments.at(1).toStdString()}, arguments.has("wait"),
            [&session](const Operation &operation) { session.conclude({operation}); });
    });
}

}

std::vector<Command> byteCommands()
{
    const std::vector<Option> importing {{"file", "FILE"}, {"site", "SITE"}, {"id", "ID"}, {"name", "NAME"}, {"project", "PROJECT"},
        {"format", "FORMAT"}, {"os", "OS"}, {"sha256", "DIGEST"}, {"class", "CLASS"}};
    const std::vector<Option> exporting {{"file", "FILE"}, {"format", "raw|qcow2|vmdk"}};
    const auto of = [](auto function, ObjectKind kind) {
        return [function, kind](Session &session, const Arguments &arguments) { function(session, arguments, kind); };
    };
    return {
        {QStringLiteral("volume import"), QStringLiteral("--file F --site S --project P"), Words::tr("Send a disk file to a site as a volume."),
            importing, 0, 0, true, of(import, ObjectKind::Volume)},
        {QStringLiteral("volume export"), QStringLiteral("ID --file F"), Words::tr("Write a volume to a file, its digest checked."), exporting, 1, 1,
            true, of(exportTo, ObjectKind::Volume)},
        {QStringLiteral("image import"), QStringLiteral("--file F --site S"), Words::tr("Send a disk file to a site as an image."), importing, 0, 0,
            true, of(import, ObjectKind::Image)},
        {QStringLiteral("image export"), QStringLiteral("ID --file F"), Words::tr("Write an image to a file, its digest checked."), exporting, 1, 1,
            true, of(exportTo, ObjectKind::Image)},
        {QStringLiteral("dataset objects"), QStringLiteral("ID"), Words::tr("List the objects of a data set."), {}, 1, 1, true, objects},
        {QStringLiteral("dataset put"), QStringLiteral("ID FILE [--key KEY]"), Words::tr("Store a file as an object of a data set."),
            {{"key", "KEY"}}, 2, 2, true, put},
        {QStringLiteral("dataset get"), QStringLiteral("ID KEY [--file FILE]"), Words::tr("Read an object of a data set into a file."),
            {{"file", "FILE"}}, 2, 2, true, get},
        {QStringLiteral("dataset remove"), QStringLiteral("ID KEY"), Words::tr("Delete an object of a data set."), {{"wait"}}, 2, 2, true,
            removeObject},
    };
}

}
