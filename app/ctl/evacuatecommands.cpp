// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/moving.h"
#include "app/ctl/thingjson.h"
#include "models/await.h"
#include "models/evacuationplan.h"
#include "models/formats.h"
#include "models/phrases.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::EvacuateCommands)
};

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString whyNot(const Alternative &alternative)
{
    switch (alternative.why) {
    case NotTaken::Slower:
        return Words::tr("slower: %1 for everything").arg(Formats::duration(alternative.seconds));
    case NotTaken::Dearer:
        return Words::tr("dearer");
    case NotTaken::Equal:
        return Words::tr("as good");
    case NotTaken::Chosen:
        return Words::tr("chosen");
    default:
        return Phrases::sentence(alternative.problem);
    }
}

/// Of what has a place: why it will be refused all the same, or be down too long.
std::optional<Problem> warningOf(const EvacuationPlan &plan, std::size_t movable)
{
    const auto hindrance = plan.hindranceOf(movable);
    return hindrance ? hindrance : plan.overrunOf(movable);
}

Json jsonOf(const EvacuationPlan &plan, std::size_t movable)
{
    const auto &its = plan.evacuation().movables[movable];
    const auto to = plan.destinationOf(movable);
    Json alternatives = Json::array();
    for (const auto &alternative : plan.plan().alternatives(movable)) {
        const bool hasProblem = alternative.why == NotTaken::Forbidden || alternative.why == NotTaken::NoLink || alternative.why == NotTaken::NoRoom
            || alternative.why == NotTaken::Separated;
        alternatives.push_back({{"site", alternative.site}, {"why", toString(alternative.why)},
            {"seconds", alternative.seconds > 0 ? Json(alternative.seconds) : Json()}, {"problem", hasProblem ? toJson(alternative.problem) : Json()},
            {"message", whyNot(alternative).toStdString()}});
    }
    Json after = Json::array();
    for (const auto &before : its.after) {
        after.push_back(before.text());
    }
    const auto problem = to.isEmpty() ? std::optional(plan.obstacleOf(movable)) : warningOf(plan, movable);
    return {{"object", its.object.text()}, {"name", its.name}, {"wave", to.isEmpty() ? Json() : Json(plan.waveOf(movable))},
        {"to", to.isEmpty() ? Json() : Json(to.toStdString())}, {"bytes", its.bytes}, {"after", after},
        {"options", optionsJson(plan.optionsOf(its.object))}, {"problem", problem ? toJson(*problem) : Json()}, {"alternatives", alternatives}};
}

Json jsonOf(const EvacuationPlan &plan)
{
    const WavePlan &its = plan.plan();
    Json items = Json::array();
    for (std::size_t i = 0; i < plan.evacuation().movables.size(); ++i) {
        items.push_back(jsonOf(plan, i));
    }
    Json waves = Json::array();
    for (const auto &wave : its.waves) {
        const auto [begins, ends] = plan.timesOf(int(waves.size()) + 1);
        waves.push_back({{"wave", waves.size() + 1}, {"moves", wave.movables.size()}, {"bytes", wave.bytes}, {"seconds", wave.seconds},
            {"begins", toRfc3339(begins)}, {"ends", toRfc3339(ends)}});
    }
    Json assumed = Json::array();
    for (const auto &site : plan.assumed()) {
        assumed.push_back(site.toStdString());
    }
    Json staying = Json::array();
    for (const auto &[thing, why] : plan.staying()) {
        staying.push_back(
            {{"object", thing.object.text()}, {"name", thing.name}, {"problem", toJson(why)}, {"message", Phrases::sentence(why).toStdString()}});
    }
    Json sources = Json::array();
    for (const auto &source : plan.choices().sources()) {
        sources.push_back(source.toStdString());
    }
    return {{"site", plan.choices().site.toStdString()}, {"sites", sources}, {"at_once", plan.choices().atOnce}, {"items", items}, {"waves", waves},
        {"unplaced", its.unplaced}, {"least_unplaced", its.leastUnplaced}, {"bytes", its.bytes}, {"seconds", its.seconds},
        {"seconds_error", its.secondsError}, {"transfer_seconds", its.transferSeconds}, {"least_transfer_seconds", its.leastTransferSeconds},
        {"gap", its.gap()}, {"links_assumed", assumed}, {"staying", staying}, {"busy", plan.busy()}};
}

/// Why here: what the nearest other allowed site would have meant, or that there is no other; or what is wrong with the way it is to move.
QString because(const EvacuationPlan &plan, std::size_t movable)
{
    if (const auto warning = warningOf(plan, movable)) {
        return Phrases::sentence(*warning);
    }
    const auto nearest = plan.nextBest(movable);
    return nearest ? Words::tr("%1: %2").arg(text(nearest->site), whyNot(*nearest)) : Words::tr("the only site it may go to");
}

void printTable(const EvacuationPlan &plan)
{
    Listing listing {{Words::tr("WAVE"), Words::tr("OBJECT"), Words::tr("TO"), Words::tr("DATA"), Words::tr("OTHERWISE")}, {}, Json::array(), {}};
    const auto &movables = plan.evacuation().movables;
    const auto add = [&](std::size_t i) {
        const auto to = plan.destinationOf(i);
        listing.add({},
            {to.isEmpty() ? QStringLiteral("–") : Formats::number(qint64(plan.waveOf(i))), text(movables[i].object.text()),
                to.isEmpty() ? Words::tr("no place") : to, Formats::bytes(movables[i].bytes),
                to.isEmpty() ? Phrases::sentence(plan.obstacleOf(i)) : because(plan, i)});
    };
    for (const auto &wave : plan.plan().waves) {
        std::ranges::for_each(wave.movables, add);
    }
    for (std::size_t i = 0; i < movables.size(); ++i) {
        if (plan.destinationOf(i).isEmpty()) {
            add(i);
        }
    }
    for (const auto &[thing, why] : plan.staying()) {
        listing.add({}, {QStringLiteral("–"), text(thing.object.text()), Words::tr("stays"), Formats::bytes(thing.bytes), Phrases::sentence(why)});
    }
    print(listing, Form::Table);
}

/// When each wave would begin and end, the hours being what they are.
void sayTimes(const EvacuationPlan &plan)
{
    const WavePlan &its = plan.plan();
    for (int wave = 1; wave <= int(its.waves.size()); ++wave) {
        const auto [begins, ends] = plan.timesOf(wave);
        say(Words::tr("Wave %1: from %2 to %3.").arg(Formats::number(qint64(wave)), Formats::dateTime(begins), Formats::dateTime(ends)));
    }
    say(Words::tr("In these hours the last byte is there after %1; no plan could have it there in less than %2 (gap %3).")
            .arg(Formats::duration(its.transferSeconds), Formats::duration(its.leastTransferSeconds), Formats::percent(its.gap())));
    say(Words::tr("Hours are told by this machine’s clock, as if the site’s were the same."));
    if (!its.overruns.empty()) {
        say(Words::tr("%Ln machines would be down past their hours: move them warm, or give them longer hours or more bandwidth.", nullptr,
            int(its.overruns.size())));
    }
}

void sayFigures(const EvacuationPlan &plan)
{
    const WavePlan &its = plan.plan();
    say(Words::tr("%Ln waves: %1 to carry, about %2 (give or take %3).", nullptr, int(its.waves.size()))
            .arg(Formats::bytes(its.bytes), Formats::duration(its.seconds), Formats::duration(its.secondsError)));
    if (plan.keepsHours()) {
        sayTimes(plan);
    } else {
        say(Words::tr("The links are busy for %1; no plan could do with less than %2 (gap %3).")
                .arg(Formats::duration(its.transferSeconds), Formats::duration(its.leastTransferSeconds), Formats::percent(its.gap())));
    }
    for (const auto &site : plan.assumed()) {
        say(Words::tr("The link to %1 could not be measured: %2 is assumed.").arg(site, Formats::rate(EvacuationPlan::assumedBytesPerSecond)));
    }
    for (const auto &id : its.circular) {
        say(Words::tr("%1 and others wait for each other: their order was dropped.").arg(text(id.text())));
    }
    if (!plan.staying().empty()) {
        say(Words::tr("%Ln things stay because they cannot move.", nullptr, int(plan.staying().size())));
    }
    if (plan.hindered() > 0) {
        say(Words::tr(
            "%Ln machines cannot move live and will be refused: choose another --mode, or give each its own in a --plan.", nullptr, plan.hindered()));
    }
    if (plan.busy() > 0) {
        say(Words::tr("%Ln things are moving already and are left alone.", nullptr, plan.busy()));
    }
}

/// The code of a plan that leaves something behind: refused by policy if that is why for all.
int codeOf(const EvacuationPlan &plan)
{
    int code = Exit::Done;
    for (std::size_t i = 0; i < plan.evacuation().movables.size(); ++i) {
        if (plan.destinationOf(i).isEmpty()) {
            const int its = exitCode(plan.obstacleOf(i).reason);
            code = code == Exit::Done || code == its ? its : int(Exit::Failed);
        }
    }
    return code;
}

void submit(Session &session, const EvacuationPlan &plan, const Arguments &arguments)
{
    const int leftBehind = codeOf(plan);
    if (plan.plan().waves.empty()) {
        say(Words::tr("There is nothing to move."));
        session.finish(leftBehind);
        return;
    }
    if (leftBehind != Exit::Done && !arguments.has("partial")) {
        say(Words::tr("Nothing was begun: not everything has a place. With --partial what has one is moved."));
        session.finish(leftBehind);
        return;
    }
    const auto answers = std::make_shared<Answers>();
    const auto orders = plan.orders();
    answers->open = orders.size();
    for (const auto &order : orders) {
        await(session.federation().submit(text(order.site.site), order), &session,
            [&session, answers, wait = arguments.has("wait")](const Result<Operation> &answer) {
                if (answer) {
                    answers->accepted.push_back(*answer);
                } else {
                    answers->refused.push_back(answer.error());
                }
                if (--answers->open == 0) {
                    conclude(session, answers, wait);
                }
            });
    }
}

void conclude(Session &session, const EvacuationPlan &plan, const Arguments &arguments)
{
    const bool isDry = arguments.has("dry-run");
    const auto form = session.options().form;
    if (form == Form::Table) {
        printTable(plan);
        sayFigures(plan);
    } else if (isDry) {
        const auto json = jsonOf(plan);
        print(form == Form::Csv ? json["items"] : json, form);
    }
    if (isDry) {
        session.finish(codeOf(plan));
    } else {
        submit(session, plan, arguments);
    }
}

Result<EvacuationChoices> choicesOf(const Arguments &arguments, const QString &site)
{
    EvacuationChoices choices;
    choices.site = site;
    for (const auto &sites : arguments.values("to")) {
        choices.to += sites.split(u',', Qt::SkipEmptyParts);
    }
    const auto options = moveOptionsOf(arguments);
    const auto waveSize = arguments.number("wave-size", choices.waveSize, 1, 10'000);
    const auto atOnce = arguments.number("at-once", choices.atOnce, 1, 64);
    if (!options || !waveSize || !atOnce) {
        return tl::unexpected(!options ? options.error() : !waveSize ? waveSize.error() : atOnce.error());
    }
    choices.setOptions(*options);
    choices.waveSize = int(*waveSize);
    choices.atOnce = int(*atOnce);
    return choices;
}

void plan(Session &session, const Arguments &arguments, const EvacuationChoices &choices)
{
    auto *plan = new EvacuationPlan(session.federation(), &session);
    QObject::connect(plan, &EvacuationPlan::planned, &session, [&session, plan, arguments] { conclude(session, *plan, arguments); });
    QObject::connect(plan, &EvacuationPlan::failed, &session, &Session::fail);
    plan->prepare(choices);
}

/// Every site of an operator, planned as one: what leaves one of them goes to none of the others.
void planOperator(Session &session, const Arguments &arguments, EvacuationChoices choices)
{
    const auto wanted = arguments.value("operator").toStdString();
    QStringList sites;
    for (const auto &id : session.federation().inventory().siteIds()) {
        const Site *site = session.federation().inventory().site(id);
        if (site != nullptr && site->operatedBy.id == wanted) {
            sites += text(id);
        }
    }
    if (sites.isEmpty()) {
        session.notFound("operator", arguments.value("operator"));
        return;
    }
    choices.site = sites.takeFirst();
    choices.others = sites;
    plan(session, arguments, choices);
}

void begin(Session &session, const QString &site, const Evacuate &order, bool wait)
{
    session.order(site, order, wait, [&session](const Operation &operation) { session.conclude({operation}); });
}

/// What failed of an evacuation, or never began, as it was ordered.
void retry(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.value("retry"), ObjectKind::Operation, [&session, wait = arguments.has("wait")](const ObjectId &id) {
        const auto order = retryOf(*session.federation().inventory().operation(id));
        if (!order) {
            session.fail(order.error());
            return;
        }
        begin(session, QString::fromStdString(id.site), *order, wait);
    });
}

/// A plan that was written down, edited or not: what it says is ordered, nothing is planned anew.
void follow(Session &session, const Arguments &arguments, const EvacuationChoices &choices)
{
    auto plan = readPlannedMoves(arguments.value("plan"), choices.options());
    if (!plan) {
        session.fail(plan.error());
        return;
    }
    const auto site = choices.site.toStdString();
    const auto foreign = std::ranges::find_if(plan->moves, [&site](const PlannedMove &move) { return move.object.site != site; });
    if (foreign != plan->moves.end() || (!plan->site.isEmpty() && plan->site != choices.site)) {
        session.fail({Reason::Malformed, {{"file", arguments.value("plan").toStdString()}, {"expected", "a plan of this site"}}, {}});
        return;
    }
    for (const auto &move : plan->moves) {
        if (!move.to.isEmpty() && session.federation().link(move.to) == nullptr) {
            session.fail({Reason::NotFound, {{"what", "site"}, {"id", move.to.toStdString()}}, {}});
            return;
        }
    }
    plan->atOnce = arguments.has("at-once") ? choices.atOnce : plan->atOnce;
    auto order = evacuateBy(*plan, choices.site);
    for (auto &move : order.moves) {
        move.order.toEndpoint = session.federation().profile(QString::fromStdString(move.order.toSite)).endpoint.toStdString();
    }
    if (arguments.has("dry-run")) {
        say(Words::tr("%Ln moves, as the plan has them; nothing was begun.", nullptr, ownMoves(order)));
        session.finish(Exit::Done);
        return;
    }
    begin(session, choices.site, order, arguments.has("wait"));
}

void evacuate(Session &session, const Arguments &arguments)
{
    const int ways = int(arguments.positional().size() == 1) + int(arguments.has("operator")) + int(arguments.has("retry"));
    if (ways != 1 || (arguments.has("plan") && arguments.positional().isEmpty())) {
        session.usage({Reason::InvalidArgument, {{"field", "SITE"}, {"expected", "a site, --operator ID or --retry OPERATION"}}, {}});
        return;
    }
    const auto choices = choicesOf(arguments, arguments.at(0));
    if (!accepts(session, choices)) {
        return;
    }
    if (arguments.has("retry")) {
        retry(session, arguments);
        return;
    }
    session.whenHeard({}, [&session, arguments, choices = *choices] {
        if (arguments.has("plan")) {
            follow(session, arguments, choices);
        } else if (arguments.has("operator")) {
            planOperator(session, arguments, choices);
        } else {
            plan(session, arguments, choices);
        }
    });
}

}

std::vector<Command> evacuateCommands()
{
    return {{QStringLiteral("evacuate"), QStringLiteral("SITE | --operator ID | --retry OPERATION [--to SITE…] [--dry-run] [--wait]"),
        Words::tr("Move everything off a site, in waves, to where the rules, the room and the links let it go."),
        withMoveOptions({{"to", "SITE"}, {"operator", "ID"}, {"retry", "OPERATION"}, {"plan", "FILE"}, {"dry-run"}, {"partial"}, {"wave-size", "N"},
            {"at-once", "N"}, {"wait"}}),
        0, 1, true, evacuate}};
}

}
