// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Words of Phrases for objects, operations and the names of countries.
#include "models/formats.h"
#include "models/phrases.h"

#include <QHash>

namespace portulan {

QString Phrases::of(ObjectKind kind)
{
    switch (kind) {
    case ObjectKind::Site:
        return tr("Site");
    case ObjectKind::Project:
        return tr("Project");
    case ObjectKind::Instance:
        return tr("Instance");
    case ObjectKind::Volume:
        return tr("Volume");
    case ObjectKind::Image:
        return tr("Image");
    case ObjectKind::Snapshot:
        return tr("Snapshot");
    case ObjectKind::DataSet:
        return tr("Data set");
    case ObjectKind::Network:
        return tr("Network");
    case ObjectKind::SecurityGroup:
        return tr("Security group");
    case ObjectKind::KubernetesCluster:
        return tr("Kubernetes cluster");
    case ObjectKind::Operation:
        return tr("Operation");
    case ObjectKind::Alert:
        return tr("Alert");
    }
    return {};
}

QString Phrases::plural(ObjectKind kind)
{
    switch (kind) {
    case ObjectKind::Site:
        return tr("Sites");
    case ObjectKind::Project:
        return tr("Projects");
    case ObjectKind::Instance:
        return tr("Instances");
    case ObjectKind::Volume:
        return tr("Volumes");
    case ObjectKind::Image:
        return tr("Images");
    case ObjectKind::Snapshot:
        return tr("Snapshots");
    case ObjectKind::DataSet:
        return tr("Data sets");
    case ObjectKind::Network:
        return tr("Networks");
    case ObjectKind::SecurityGroup:
        return tr("Security groups");
    case ObjectKind::KubernetesCluster:
        return tr("Kubernetes clusters");
    case ObjectKind::Operation:
        return tr("Operations");
    case ObjectKind::Alert:
        return tr("Alerts");
    }
    return {};
}

QString Phrases::counted(ObjectKind kind, int n)
{
    switch (kind) {
    case ObjectKind::Site:
        return tr("%Ln sites", nullptr, n);
    case ObjectKind::Project:
        return tr("%Ln projects", nullptr, n);
    case ObjectKind::Instance:
        return tr("%Ln instances", nullptr, n);
    case ObjectKind::Volume:
        return tr("%Ln volumes", nullptr, n);
    case ObjectKind::Image:
        return tr("%Ln images", nullptr, n);
    case ObjectKind::Snapshot:
        return tr("%Ln snapshots", nullptr, n);
    case ObjectKind::DataSet:
        return tr("%Ln data sets", nullptr, n);
    case ObjectKind::Network:
        return tr("%Ln networks", nullptr, n);
    case ObjectKind::SecurityGroup:
        return tr("%Ln security groups", nullptr, n);
    case ObjectKind::KubernetesCluster:
        return tr("%Ln Kubernetes clusters", nullptr, n);
    case ObjectKind::Operation:
        return tr("%Ln operations", nullptr, n);
    case ObjectKind::Alert:
        return tr("%Ln alerts", nullptr, n);
    }
    return {};
}

QString Phrases::of(OperationState state)
{
    switch (state) {
    case OperationState::Pending:
        return tr("Waiting");
    case OperationState::Running:
        return tr("Under way");
    case OperationState::Paused:
        return tr("Paused", "operation");
    case OperationState::Done:
        return tr("Done");
    case OperationState::Failed:
        return tr("Failed", "operation");
    case OperationState::Cancelled:
        return tr("Cancelled");
    }
    return {};
}

QStringList Phrases::passes(const Operation &operation)
{
    QStringList parts;
    const Passes &passes = operation.passes;
    if (!passes.bytes.empty()) {
        parts += tr("pass %1: %2").arg(Formats::number(qint64(passes.bytes.size())), Formats::bytes(passes.bytes.back()));
        if (!isOver(operation.state)) {
            parts += tr("it changes %1").arg(Formats::rate(double(passes.dirtyBytesPerSecond)));
            parts += tr("a last pass would take about %1").arg(Formats::duration(double(passes.lastPassMs) / 1000));
        }
    }
    if (passes.readySince != Instant {} && !isOver(operation.state)) {
        parts += tr("ready since %1").arg(Formats::timeOfDay(passes.readySince));
    }
    if (operation.outageMs > 0) {
        parts += tr("down for %1").arg(Formats::duration(double(operation.outageMs) / 1000));
    }
    return parts;
}

QString Phrases::testBoot(const Operation &operation)
{
    const TestBoot &boot = operation.testBoot;
    const double seconds = double((boot.endedAt - boot.startedAt).count()) / 1000;
    if (boot.state == "running") {
        return tr("test boot at the destination since %1").arg(Formats::timeOfDay(boot.startedAt));
    }
    if (boot.state == "booted") {
        return tr("test boot at %1: it booted (the test took %2)").arg(Formats::timeOfDay(boot.startedAt), Formats::duration(seconds));
    }
    return boot.state.empty() ? QString() : tr("test boot at %1 failed. %2").arg(Formats::timeOfDay(boot.startedAt), sentence(boot.problem));
}

QString Phrases::of(MigrationStep step)
{
    switch (step) {
    case MigrationStep::Planned:
        return tr("Planned");
    case MigrationStep::Reserved:
        return tr("Destination has accepted");
    case MigrationStep::Stopped:
        return tr("Machine stopped");
    case MigrationStep::Copying:
        return tr("Copying");
    case MigrationStep::Verified:
        return tr("Every byte verified");
    case MigrationStep::Committed:
        return tr("Handed over");
    case MigrationStep::Activated:
        return tr("Active at the destination");
    case MigrationStep::Released:
        return tr("Released by the source");
    case MigrationStep::Aborted:
        return tr("Taken back");
    }
    return {};
}

QString Phrases::operation(const QString &kind)
{
    static const QHash<QString, const char *> words {
        {QStringLiteral("project.create"), QT_TR_NOOP("Create a project")},
        {QStringLiteral("project.update"), QT_TR_NOOP("Change a project")},
        {QStringLiteral("project.delete"), QT_TR_NOOP("Delete a project")},
        {QStringLiteral("instance.create"), QT_TR_NOOP("Create an instance")},
        {QStringLiteral("instance.update"), QT_TR_NOOP("Change an instance")},
        {QStringLiteral("instance.start"), QT_TR_NOOP("Start an instance")},
        {QStringLiteral("instance.stop"), QT_TR_NOOP("Stop an instance")},
        {QStringLiteral("instance.reboot"), QT_TR_NOOP("Restart an instance")},
        {QStringLiteral("instance.resize"), QT_TR_NOOP("Resize an instance")},
        {QStringLiteral("instance.delete"), QT_TR_NOOP("Delete an instance")},
        {QStringLiteral("volume.attach"), QT_TR_NOOP("Attach a volume")},
        {QStringLiteral("volume.detach"), QT_TR_NOOP("Detach a volume")},
        {QStringLiteral("volume.create"), QT_TR_NOOP("Create a volume")},
        {QStringLiteral("volume.resize"), QT_TR_NOOP("Enlarge a volume")},
        {QStringLiteral("volume.delete"), QT_TR_NOOP("Delete a volume")},
        {QStringLiteral("volume.import"), QT_TR_NOOP("Import a volume")},
        {QStringLiteral("volume.export"), QT_TR_NOOP("Export a volume")},
        {QStringLiteral("snapshot.create"), QT_TR_NOOP("Take a snapshot")},
        {QStringLiteral("snapshot.revert"), QT_TR_NOOP("Go back to a snapshot")},
        {QStringLiteral("snapshot.delete"), QT_TR_NOOP("Delete a snapshot")},
        {QStringLiteral("image.create"), QT_TR_NOOP("Create an image")},
        {QStringLiteral("image.delete"), QT_TR_NOOP("Delete an image")},
        {QStringLiteral("image.import"), QT_TR_NOOP("Import an image")},
        {QStringLiteral("image.export"), QT_TR_NOOP("Export an image")},
        {QStringLiteral("dataset.create"), QT_TR_NOOP("Create a data set")},
        {QStringLiteral("dataset.update"), QT_TR_NOOP("Change a data set")},
        {QStringLiteral("dataset.delete"), QT_TR_NOOP("Delete a data set")},
        {QStringLiteral("dataset.object.put"), QT_TR_NOOP("Store an object")},
        {QStringLiteral("dataset.object.get"), QT_TR_NOOP("Read an object")},
        {QStringLiteral("dataset.object.delete"), QT_TR_NOOP("Delete an object")},
        {QStringLiteral("network.create"), QT_TR_NOOP("Create a network")},
        {QStringLiteral("network.delete"), QT_TR_NOOP("Delete a network")},
        {QStringLiteral("migrate"), QT_TR_NOOP("Migrate")},
        {QStringLiteral("migrate.incoming"), QT_TR_NOOP("Receive a migration")},
        {QStringLiteral("evacuate"), QT_TR_NOOP("Evacuate")},
        {QStringLiteral("operation.cancel"), QT_TR_NOOP("Cancel an operation")},
        {QStringLiteral("operation.pause"), QT_TR_NOOP("Pause a migration")},
        {QStringLiteral("operation.resume"), QT_TR_NOOP("Resume a migration")},
        {QStringLiteral("operation.cutover"), QT_TR_NOOP("Cut over a migration")},
        {QStringLiteral("operation.testboot"), QT_TR_NOOP("Boot a copy of a machine being moved, as a test")},
    };
    const char *word = words.value(kind);
    return word == nullptr ? kind : tr(word);
}

QString Phrases::operation(const Operation &operation, const QString &toSite)
{
    const auto name = QString::fromStdString(operation.objectName.empty() ? operation.object.id : operation.objectName);
    if (operation.kind == "migrate") {
        return tr("Migrate %1 to %2").arg(name, toSite.isEmpty() ? QString::fromStdString(operation.toSite) : toSite);
    }
    if (operation.kind == "migrate.incoming") {
        return tr("Receive %1 from %2").arg(name, QString::fromStdString(operation.fromSite));
    }
    if (operation.kind == "evacuate") {
        return tr("Evacuate %1").arg(name);
    }
    const auto what = Phrases::operation(QString::fromStdString(operation.kind));
    //: %1 is what an operation does ("Create an instance"), %2 the name of its object
    return name.isEmpty() ? what : tr("%1: %2").arg(what, name);
}

QString Phrases::phase(const Operation &operation)
{
    if (const auto step = migrationStepFrom(operation.phase); step && operation.kind.starts_with("migrate")) {
        return of(*step);
    }
    if (const Parts &parts = operation.parts; parts.total > 0 && !isOver(operation.state)) {
        return tr("Wave %1 of %2, %3 of %4 moved").arg(parts.wave).arg(parts.waves).arg(parts.done).arg(parts.total);
    }
    return of(operation.state);
}

QString Phrases::role(const QString &role)
{
    static const QHash<QString, const char *> words {
        {QStringLiteral("viewer"), QT_TR_NOOP("Viewer")},
        {QStringLiteral("operator"), QT_TR_NOOP("Operator")},
        {QStringLiteral("administrator"), QT_TR_NOOP("Administrator")},
        {QStringLiteral("auditor"), QT_TR_NOOP("Auditor")},
    };
    const char *word = words.value(role);
    return word == nullptr ? role : tr(word);
}

QString Phrases::auditOutcome(const QString &outcome)
{
    return outcome == u"allowed" ? tr("Allowed", "audit") : outcome == u"refused" ? tr("Refused", "audit") : outcome;
}

QString Phrases::format(const QString &diskFormat)
{
    static const QHash<QString, const char *> words {
        {QStringLiteral("raw"), QT_TR_NOOP("Raw")},
        {QStringLiteral("qcow2"), QT_TR_NOOP("QCOW2 (QEMU)")},
        {QStringLiteral("vmdk"), QT_TR_NOOP("VMDK (VMware)")},
    };
    const char *word = words.value(diskFormat);
    return word == nullptr ? diskFormat : tr(word);
}

}
