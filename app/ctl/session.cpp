// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/session.h"

#include "app/ctl/thingjson.h"
#include "models/await.h"
#include "models/federationfile.h"
#include "models/formats.h"
#include "models/link/grpclink.h"
#include "models/operationmodel.h"
#include "models/phrases.h"

#include <QFile>
#include <algorithm>

namespace portulan::ctl {

namespace {

Instant systemNow()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Result<Rulebook> bundledRules()
{
    QFile rules(QStringLiteral(":/rules/sovereignty.json"));
    return rules.open(QIODevice::ReadOnly) ? Rulebook::fromJson(rules.readAll().toStdString())
                                           : Result<Rulebook>(refuse(Reason::Internal, {{"what", "rules"}}));
}

bool isAnswered(LinkState state)
{
    return state == LinkState::Live || state == LinkState::Stale || state == LinkState::Refused;
}

}

Session::Session(GlobalOptions options)
    : m_options(std::move(options))
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_awaited.clear();
        checkHeard();
    });
}

Result<> Session::load()
{
    auto file = readFederationFile(m_options.federationFile);
    if (!file) {
        return tl::unexpected(file.error());
    }
    if (auto fit = checkPapers(file->papers, systemNow()); !fit) {
        return fit;
    }
    auto rules = bundledRules();
    if (!rules) {
        return tl::unexpected(rules.error());
    }
    const LinkCredentials papers {
        file->papers.authorityPem.toStdString(), file->papers.certificatePem.toStdString(), file->papers.keyPem.toStdString()};
    auto makeLink = [papers](const Profile &site) { return std::make_unique<GrpcLink>(LinkTarget {site.id, site.endpoint, papers, {}}); };
    m_federation = std::make_unique<Federation>(std::move(*rules), std::move(makeLink), systemNow);
    for (const auto &site : file->sites) {
        m_federation->add(site);
    }
    connect(m_federation.get(), &Federation::caughtUp, this, &Session::checkHeard);
    connect(m_federation.get(), &Federation::differed, this, [this](const Differences &what) {
        if (what.operations) {
            checkFollowed();
        }
    });
    return {};
}

void Session::whenHeard(const QStringList &siteIds, std::function<void()> then)
{
    m_asked = siteIds.isEmpty() ? m_federation->siteIds() : siteIds;
    m_awaited = m_asked;
    m_heard = std::move(then);
    for (const auto &id : m_asked) {
        m_federation->open(id);
    }
    m_patience.start(m_options.timeoutSeconds * 1000);
    QMetaObject::invokeMethod(this, &Session::checkHeard, Qt::QueuedConnection);
}

void Session::checkHeard()
{
    m_awaited.removeIf([this](const QString &id) { return isAnswered(m_federation->standing(id).state); });
    const bool isOver = m_awaited.isEmpty() && (m_federation->isCaughtUp() || !m_patience.isActive());
    if (m_heard && isOver) {
        m_patience.stop();
        std::exchange(m_heard, {})();
    }
}

/// The site a name begins with, if it begins with one.
QStringList Session::sitesIn(const QString &text) const
{
    const auto first = text.section(u'/', 0, 0);
    return text.contains(u'/') && m_federation->link(first) != nullptr ? QStringList {first} : QStringList {};
}

void Session::resolve(const QString &text, ObjectKind kind, std::function<void(const ObjectId &)> then)
{
    whenHeard(sitesIn(text), [this, text, kind, then = std::move(then)] {
        const auto found = objectsNamed(m_federation->inventory(), text.toStdString(), kind);
        if (found.size() == 1) {
            then(found.front());
            return;
        }
        if (found.empty()) {
            notFound(std::string(toString(kind)), text);
            return;
        }
        std::string several;
        for (const auto &id : found) {
            several += (several.empty() ? "" : ", ") + id.text();
        }
        usage({Reason::InvalidArgument, {{"field", std::string(toString(kind))}, {"value", text.toStdString()}, {"expected", several}}, {}});
    });
}

void Session::notFound(const std::string &what, const QString &text)
{
    const auto named = sitesIn(text);
    for (const auto &id : named.isEmpty() ? m_asked : named) { // what is missing may be where nobody answers
        const auto standing = m_federation->standing(id);
        if (!standing.isLive()) {
            Problem problem = isAnswered(standing.state) ? standing.problem : Problem {Reason::Unreachable, {}, {}};
            problem.facts.emplace("site", id.toStdString());
            fail(problem);
            return;
        }
    }
    fail({Reason::NotFound, {{"what", what}, {"id", text.toStdString()}}, {}});
}

void Session::order(const QString &siteId, Order order, bool wait, std::function<void(const Operation &)> then)
{
    if (wait) {
        m_federation->open(siteId);
    }
    await(m_federation->submit(siteId, std::move(order)), this, [this, wait, then = std::move(then)](const Result<Operation> &answer) {
        if (!answer) {
            fail(answer.error());
        } else if (!wait || isOver(answer->state)) {
            then(*answer);
        } else {
            follow({answer->id}, [then](const std::vector<Operation> &operations) { then(operations.front()); });
        }
    });
}

void Session::whenOver(const ObjectId &operation, std::function<void(const Operation &)> then)
{
    when(operation, {}, std::move(then));
}

void Session::when(const ObjectId &operation, std::function<bool(const Operation &)> isSo, std::function<void(const Operation &)> then)
{
    m_federation->open(QString::fromStdString(operation.site));
    m_followed.emplace(operation, Followed {std::move(isSo), std::move(then)});
    QMetaObject::invokeMethod(this, &Session::checkFollowed, Qt::QueuedConnection);
}

void Session::follow(const std::vector<ObjectId> &operations, std::function<void(const std::vector<Operation> &)> then)
{
    struct Gathering {
        std::vector<Operation> over;
        std::function<void(const std::vector<Operation> &)> then;
    };
    auto gathering = std::make_shared<Gathering>(Gathering {{}, std::move(then)});
    for (const auto &id : operations) {
        whenOver(id, [gathering, wanted = operations.size()](const Operation &operation) {
            gathering->over.push_back(operation);
            if (gathering->over.size() == wanted) {
                gathering->then(gathering->over);
            }
        });
    }
}

QString Session::progressLine(const Operation &operation) const
{
    const auto waiting = Phrases::waiting(operation);
    QString line = Phrases::operation(operation) + u" \u2013 " + (waiting.isEmpty() ? Phrases::phase(operation) : waiting);
    if (operation.progress() >= 0) {
        line += u' ' + Formats::percent(operation.progress());
    }
    if (const double left = OperationModel::remaining(operation, m_federation->now()); left >= 0) {
        line += tr(", about %1 left").arg(Formats::duration(left));
    }
    return line;
}

void Session::checkFollowed()
{
    std::vector<std::pair<Operation, std::function<void(const Operation &)>>> over;
    for (auto at = m_followed.begin(); at != m_followed.end();) {
        const Operation *operation = m_federation->inventory().operation(at->first);
        const auto &isSo = at->second.isSo;
        if (operation == nullptr || !(isOver(operation->state) || (isSo && isSo(*operation)))) {
            if (operation != nullptr) {
                sayInPlace(progressLine(*operation));
            }
            ++at;
            continue;
        }
        over.emplace_back(*operation, std::move(at->second.then));
        at = m_followed.erase(at);
    }
    for (const auto &[operation, then] : over) { // may follow others
        then(operation);
    }
}

void Session::conclude(const std::vector<Operation> &operations)
{
    int code = Exit::Done;
    Listing listing {operationTitles(), {}, Json::array(), {}};
    for (const auto &operation : operations) {
        listing.add(toJson(operation), operationCells(operation));
        if (operation.state == OperationState::Failed || operation.state == OperationState::Cancelled) {
            const int its = exitCode(operation.problem.reason);
            code = code == Exit::Done || code == its ? its : int(Exit::Failed);
        }
    }
    if (operations.size() == 1 && m_options.form == Form::Table) {
        print(Json {{"operation", operations.front().id.text()}}, Form::Table);
    } else if (operations.size() == 1) {
        print(listing.items.front(), m_options.form);
    } else {
        print(listing, m_options.form);
    }
    for (const auto &operation : operations) {
        if (operation.state == OperationState::Failed || operation.state == OperationState::Cancelled) {
            say(Phrases::operation(operation) + u": " + Phrases::sentence(operation.problem));
        }
    }
    finish(code);
}

Json Session::standings(const QStringList &siteIds) const
{
    Json sites = Json::array();
    for (const auto &id : siteIds.isEmpty() ? m_asked : siteIds) {
        const auto standing = m_federation->standing(id);
        const bool isSilent = !isAnswered(standing.state);
        Problem problem = isSilent ? Problem {Reason::TimedOut, {{"site", id.toStdString()}}, {}} : standing.problem;
        problem.facts.emplace("site", id.toStdString());
        sites.push_back({{"id", id.toStdString()}, {"state", toString(standing.state)},
            {"as_of", standing.lastHeard == Instant {} ? Json() : Json(toRfc3339(standing.lastHeard))},
            {"problem", standing.isLive() ? Json() : toJson(problem)}});
    }
    return sites;
}

void Session::finish(int code)
{
    if (!std::exchange(m_isFinished, true)) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    }
}

void Session::fail(const Problem &problem)
{
    if (m_options.form == Form::Machine) {
        say(QString::fromStdString(Json {{"error", toJson(problem)}}.dump()));
    } else {
        say(Phrases::sentence(problem));
    }
    finish(exitCode(problem.reason));
}

void Session::usage(const Problem &problem)
{
    say(Phrases::sentence(problem));
    finish(Exit::Usage);
}

}
