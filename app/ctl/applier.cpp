// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/applier.h"

#include "core/manifest.h"
#include "models/await.h"

#include <QFile>

namespace portulan::ctl {

namespace {

constexpr int atOnce = 6;

/// SHA-256 of what is to be stored, to leave alone what is there already.
std::string digestOf(const Wanted::Object &object)
{
    QByteArray bytes = QByteArray::fromStdString(object.text);
    if (!object.file.isEmpty()) {
        QFile file(object.file);
        bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    return toHex(sha256(std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())))));
}

}

Applier::Applier(Session &session, std::string site, std::deque<Wanted> wanted)
    : QObject(&session)
    , m_session(session)
    , m_site(std::move(site))
    , m_wanted(std::move(wanted))
{
}

void Applier::start()
{
    const auto standing = m_session.federation().standing(QString::fromStdString(m_site));
    if (!standing.isLive()) {
        m_failures.push_back(
            {m_site, standing.state == LinkState::Refused ? standing.problem : Problem {Reason::Unreachable, {{"site", m_site}}, {}}});
        m_wanted.clear();
    }
    next();
}

void Applier::next()
{
    while (!m_wanted.empty() && m_running < atOnce) {
        if (m_wanted.front().phase != m_phase) {
            if (m_running > 0) {
                return; // the lists before it first
            }
            m_phase = m_wanted.front().phase;
        }
        const Wanted wanted = std::move(m_wanted.front());
        m_wanted.pop_front();
        ++m_running;
        begin(wanted);
    }
    if (m_wanted.empty() && m_running == 0) {
        Q_EMIT finished();
    }
}

void Applier::settle(const ObjectId &id, const Problem *problem)
{
    --m_running;
    if (problem == nullptr) {
        sayInPlace(QString::fromStdString(id.text()));
    } else {
        m_failures.push_back({id.text(), *problem});
    }
    // Not from here: the caller may be in the middle of a loop.
    QMetaObject::invokeMethod(this, &Applier::next, Qt::QueuedConnection);
}

void Applier::ordered(const ObjectId &id, const QFuture<Result<Operation>> &answer, std::function<void()> then)
{
    await(answer, this, [this, id, then = std::move(then)](const Result<Operation> &begun) {
        if (!begun) {
            settle(id, &begun.error());
            return;
        }
        const auto over = [this, id, then](const Operation &operation) {
            if (operation.state != OperationState::Done) {
                settle(id, &operation.problem);
            } else {
                ++m_created;
                then();
            }
        };
        if (isOver(begun->state)) {
            over(*begun);
        } else {
            m_session.whenOver(begun->id, over);
        }
    });
}

void Applier::begin(const Wanted &wanted)
{
    const auto done = [this, id = wanted.id] { settle(id, nullptr); };
    const auto site = QString::fromStdString(m_site);
    if (wanted.phase == Wanted::Projects) {
        project(wanted);
        return;
    }
    const bool exists = m_session.federation().inventory().find(wanted.id) != noSlot;
    m_left += exists ? 1 : 0;
    if (wanted.phase == Wanted::DataSets) {
        if (exists) {
            putMissing(wanted);
        } else {
            ordered(wanted.id, m_session.federation().submit(site, wanted.order), [this, wanted] { putMissing(wanted); });
        }
    } else if (exists) {
        done();
    } else if (wanted.phase == Wanted::Images) {
        const SiteLink::Import import {ObjectKind::Image, wanted.image.id, wanted.image.name, wanted.image.project, wanted.imageFormat,
            wanted.image.os, {}, Classification::Unclassified};
        ordered(wanted.id, link().importFile(import, wanted.imageFile), done);
    } else {
        ordered(wanted.id, m_session.federation().submit(site, wanted.order), done);
    }
}

void Applier::project(const Wanted &wanted)
{
    const auto done = [this, id = wanted.id] { settle(id, nullptr); };
    const Project &target = std::get<CreateProject>(wanted.order).project;
    const Project *present = m_session.federation().inventory().project(m_site, wanted.id.id);
    if (present == nullptr) {
        ordered(wanted.id, m_session.federation().submit(QString::fromStdString(m_site), wanted.order), done);
    } else if (present->name == target.name && present->tenantType == target.tenantType && present->quota == target.quota
        && present->policy == target.policy && present->labels == target.labels) {
        ++m_left;
        done();
    } else {
        ordered(wanted.id, m_session.federation().submit(QString::fromStdString(m_site), UpdateProject {target}), done);
    }
}

void Applier::putMissing(const Wanted &wanted)
{
    if (wanted.objects.empty()) {
        settle(wanted.id, nullptr);
        return;
    }
    await(link().dataObjects(wanted.id), this, [this, wanted](const Result<QVector<DataObject>> &present) {
        if (!present) {
            settle(wanted.id, &present.error());
            return;
        }
        auto missing = std::make_shared<std::deque<Wanted::Object>>();
        for (const auto &object : wanted.objects) {
            const auto digest = digestOf(object);
            if (std::ranges::none_of(*present, [&](const DataObject &there) { return there.key == object.key && there.sha256 == digest; })) {
                missing->push_back(object);
            }
        }
        put(wanted.id, missing);
    });
}

void Applier::put(const ObjectId &id, const std::shared_ptr<std::deque<Wanted::Object>> &objects)
{
    if (objects->empty()) {
        settle(id, nullptr);
        return;
    }
    const auto object = objects->front();
    objects->pop_front();
    auto path = object.file;
    if (path.isEmpty()) {
        path = m_scratch.filePath(QString::number(m_scratchFiles++));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(object.text)) < 0) {
            const Problem problem {Reason::DiskFull, {{"what", path.toStdString()}}, file.errorString().toStdString()};
            settle(id, &problem);
            return;
        }
    }
    await(link().putObject(id, QString::fromStdString(object.key), path), this, [this, id, objects](const Result<DataObject> &answer) {
        if (answer) {
            put(id, objects);
        } else {
            settle(id, &answer.error());
        }
    });
}

}
