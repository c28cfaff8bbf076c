// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Words of Phrases for findings and their proofs.
#include "models/formats.h"
#include "models/phrases.h"

#include <QHash>
#include <QLocale>

namespace portulan {

namespace {
QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

const char *factWord(const QString &name)
{
    static const QHash<QString, const char *> words {
        {QStringLiteral("dataset.class"), QT_TRANSLATE_NOOP("portulan::Phrases", "classification")},
        {QStringLiteral("policy.allowed_countries"), QT_TRANSLATE_NOOP("portulan::Phrases", "countries allowed by the project")},
        {QStringLiteral("policy.forbid_us_exposure"), QT_TRANSLATE_NOOP("portulan::Phrases", "project forbids exposure to US law")},
        {QStringLiteral("policy.gaiax_label"), QT_TRANSLATE_NOOP("portulan::Phrases", "Gaia-X label demanded by the project")},
        {QStringLiteral("policy.min_seal"), QT_TRANSLATE_NOOP("portulan::Phrases", "SEAL level demanded by the project")},
        {QStringLiteral("policy.require_secnumcloud"), QT_TRANSLATE_NOOP("portulan::Phrases", "project demands SecNumCloud")},
        {QStringLiteral("provider.contract_law_countries"), QT_TRANSLATE_NOOP("portulan::Phrases", "law of the operator’s contracts")},
        {QStringLiteral("provider.dpf_certified"), QT_TRANSLATE_NOOP("portulan::Phrases", "operator certified under the Data Privacy Framework")},
        {QStringLiteral("provider.hq_country"), QT_TRANSLATE_NOOP("portulan::Phrases", "operator’s headquarters")},
        {QStringLiteral("provider.main_establishment_country"), QT_TRANSLATE_NOOP("portulan::Phrases", "operator’s main establishment")},
        {QStringLiteral("provider.max_non_eu_share_pct"), QT_TRANSLATE_NOOP("portulan::Phrases", "largest non-EU holding in the operator (%)")},
        {QStringLiteral("provider.total_non_eu_share_pct"), QT_TRANSLATE_NOOP("portulan::Phrases", "all non-EU holdings in the operator (%)")},
        {QStringLiteral("provider.non_eu_board_majority"), QT_TRANSLATE_NOOP("portulan::Phrases", "non-EU majority on the operator’s board")},
        {QStringLiteral("provider.non_eu_veto"), QT_TRANSLATE_NOOP("portulan::Phrases", "non-EU veto over the operator")},
        {QStringLiteral("provider.non_eu_subcontractor_data_access"), QT_TRANSLATE_NOOP("portulan::Phrases", "non-EU subcontractors reach the data")},
        {QStringLiteral("provider.non_eu_subsidiary_countries"), QT_TRANSLATE_NOOP("portulan::Phrases", "non-EU subsidiaries of the operator")},
        {QStringLiteral("provider.operator_country"), QT_TRANSLATE_NOOP("portulan::Phrases", "operator’s country")},
        {QStringLiteral("provider.registered_office_country"), QT_TRANSLATE_NOOP("portulan::Phrases", "operator’s registered office")},
        {QStringLiteral("provider.ultimate_parent_country"), QT_TRANSLATE_NOOP("portulan::Phrases", "country of the operator’s ultimate parent")},
        {QStringLiteral("provider.us_presence"), QT_TRANSLATE_NOOP("portulan::Phrases", "operator present in the United States")},
        {QStringLiteral("provider.nis2_registered"), QT_TRANSLATE_NOOP("portulan::Phrases", "operator registered under NIS 2")},
        {QStringLiteral("provider.ownership_age_days"), QT_TRANSLATE_NOOP("portulan::Phrases", "age of the ownership statement (days)")},
        {QStringLiteral("provider.seal"), QT_TRANSLATE_NOOP("portulan::Phrases", "operator’s SEAL level")},
        {QStringLiteral("provider.switch_notice_days"), QT_TRANSLATE_NOOP("portulan::Phrases", "notice for switching (days)")},
        {QStringLiteral("provider.switch_transition_days"), QT_TRANSLATE_NOOP("portulan::Phrases", "transition for switching (days)")},
        {QStringLiteral("provider.transfer_map_published"), QT_TRANSLATE_NOOP("portulan::Phrases", "map of transfers published")},
        {QStringLiteral("site.country"), QT_TRANSLATE_NOOP("portulan::Phrases", "country of the site")},
        {QStringLiteral("site.subdivision"), QT_TRANSLATE_NOOP("portulan::Phrases", "region of the site")},
        {QStringLiteral("site.observed_country"), QT_TRANSLATE_NOOP("portulan::Phrases", "country observed")},
        {QStringLiteral("site.admin_countries"), QT_TRANSLATE_NOOP("portulan::Phrases", "countries it is administered from")},
        {QStringLiteral("site.support_countries"), QT_TRANSLATE_NOOP("portulan::Phrases", "countries it is supported from")},
        {QStringLiteral("site.support_languages"), QT_TRANSLATE_NOOP("portulan::Phrases", "languages of its support")},
        {QStringLiteral("site.support_supervised_gateway"), QT_TRANSLATE_NOOP("portulan::Phrases", "support goes through a supervised gateway")},
        {QStringLiteral("site.backup_countries"), QT_TRANSLATE_NOOP("portulan::Phrases", "countries of its backups")},
        {QStringLiteral("site.soc_countries"), QT_TRANSLATE_NOOP("portulan::Phrases", "countries of its security operations")},
        {QStringLiteral("site.technical_data_countries"), QT_TRANSLATE_NOOP("portulan::Phrases", "countries of its technical data")},
        {QStringLiteral("site.art46_safeguards"), QT_TRANSLATE_NOOP("portulan::Phrases", "safeguards of GDPR article 46")},
        {QStringLiteral("site.documented_export"), QT_TRANSLATE_NOOP("portulan::Phrases", "documented export")},
        {QStringLiteral("site.dr_homologation_valid"), QT_TRANSLATE_NOOP("portulan::Phrases", "approved for restricted data")},
        {QStringLiteral("site.gaiax_credential_verified"), QT_TRANSLATE_NOOP("portulan::Phrases", "Gaia-X credential verified")},
        {QStringLiteral("site.min_cert_days_left"), QT_TRANSLATE_NOOP("portulan::Phrases", "days left of its shortest certificate")},
        {QStringLiteral("site.ownership_model"), QT_TRANSLATE_NOOP("portulan::Phrases", "ownership of the premises")},
        {QStringLiteral("site.pue"), QT_TRANSLATE_NOOP("portulan::Phrases", "power usage effectiveness")},
        {QStringLiteral("tenant.type"), QT_TRANSLATE_NOOP("portulan::Phrases", "kind of tenant")},
        {QStringLiteral("workload.critical_function"), QT_TRANSLATE_NOOP("portulan::Phrases", "critical function")},
        {QStringLiteral("workload.encrypted_at_rest"), QT_TRANSLATE_NOOP("portulan::Phrases", "encrypted at rest")},
        {QStringLiteral("workload.key_country"), QT_TRANSLATE_NOOP("portulan::Phrases", "country of the keys")},
        {QStringLiteral("workload.key_custody"), QT_TRANSLATE_NOOP("portulan::Phrases", "custody of the keys")},
        {QStringLiteral("workload.exit_plan_ref"), QT_TRANSLATE_NOOP("portulan::Phrases", "exit plan")},
        {QStringLiteral("workload.in_dora_register"), QT_TRANSLATE_NOOP("portulan::Phrases", "in the DORA register")},
    };
    return words.value(name);
}
}

QString Phrases::title(const Finding &finding)
{
    const bool french = QLocale().language() == QLocale::French && !finding.titleFr.empty();
    return text(french ? finding.titleFr : finding.titleEn);
}

QString Phrases::factName(std::string_view name)
{
    const auto known = QString::fromUtf8(name.data(), qsizetype(name.size()));
    const char *word = factWord(known);
    return word == nullptr ? known : tr(word);
}

QString Phrases::explanation(const Finding &finding)
{
    QStringList missing;
    for (const auto &name : finding.missing) {
        missing.append(factName(name));
    }
    switch (finding.outcome) {
    case Outcome::Pass:
        return tr("The rule is kept.");
    case Outcome::PassAttested:
        return tr("Nobody states the fact, but a valid certificate vouches for it: %1.").arg(text(finding.attestedBy));
    case Outcome::Review:
        return tr("The rule is not kept; somebody must look at it and decide.");
    case Outcome::Fail:
        return tr("The rule is broken.");
    case Outcome::Conflict:
        return tr("The rule is broken, although a certificate vouches for it: %1.").arg(text(finding.attestedBy));
    case Outcome::NotEvaluated:
        return missing.isEmpty() ? tr("The rule could not be evaluated.")
                                 : tr("The rule could not be evaluated. Missing: %1.").arg(Formats::list(missing));
    case Outcome::NotApplicable:
        return tr("The rule does not apply here.");
    }
    return {};
}

QString Phrases::value(const Value &value)
{
    if (const auto *truth = std::get_if<bool>(&value)) {
        return *truth ? tr("yes") : tr("no");
    }
    if (const auto *number = std::get_if<double>(&value)) {
        return QLocale().toString(*number, 'g', 12);
    }
    if (const auto *word = std::get_if<std::string>(&value)) {
        return word->size() == 2 && isupper((*word)[0]) ? country(*word) : text(*word);
    }
    QStringList words;
    for (const auto &word : std::get<Words>(value)) {
        words.append(word.size() == 2 && isupper(word[0]) ? country(word) : text(word));
    }
    return words.isEmpty() ? tr("none") : Formats::list(words);
}

QString Phrases::proof(const Proof &proof)
{
    if (!proof.fact) {
        return proof.factName.empty() ? text(proof.expression) : tr("%1: nobody says").arg(factName(proof.factName));
    }
    //: %1 name of a fact, %2 its value, %3 who says so, %4 how sure ("declared"), %5 date
    return tr("%1: %2 (%3, %4, %5)")
        .arg(
            factName(proof.factName), value(proof.fact->value), text(proof.fact->source), of(proof.fact->assurance), Formats::date(proof.fact->asOf));
}

}
