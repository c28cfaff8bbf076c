// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/certificateset.h"

#include "models/await.h"
#include "models/background.h"

#include <algorithm>
#include <cctype>

namespace portulan {

namespace {
constexpr std::size_t fetchedAtOnce = 8;
}

QString CertificateSet::Entry::fileName() const
{
    std::string name = std::string(toString(operation.object.kind)) + '-' + operation.object.id + '-' + operation.migration.substr(0, 8);
    std::ranges::replace_if(
        name, [](unsigned char c) { return std::isalnum(c) == 0 && c != '-' && c != '.' && c != '_'; }, '_'); // a site chose these words
    return QString::fromStdString(name + ".json");
}

CertificateSet::CertificateSet(Federation &federation, QObject *parent)
    : QObject(parent)
    , m_federation(federation)
{
}

void CertificateSet::fetch(const std::vector<Operation> &migrations)
{
    for (const auto &migration : migrations) {
        m_entries.push_back({migration, {}, {}, {}});
    }
    if (m_entries.empty()) {
        QMetaObject::invokeMethod(this, &CertificateSet::complete, Qt::QueuedConnection);
    }
    while (m_next < std::min(fetchedAtOnce, m_entries.size())) {
        fetchNext();
    }
}

void CertificateSet::fetchNext()
{
    const std::size_t number = m_next++;
    const auto &operation = m_entries[number].operation.id;
    SiteLink *link = m_federation.link(QString::fromStdString(operation.site));
    if (link == nullptr) {
        m_entries[number].problem = {Reason::NotFound, {{"what", "site"}, {"id", operation.site}}, {}};
        QMetaObject::invokeMethod(
            this, [this] { settle(); }, Qt::QueuedConnection);
        return;
    }
    await(link->migrationCertificate(operation), this, [this, number](const Result<QByteArray> &text) {
        if (text) {
            check(number, *text);
        } else {
            m_entries[number].problem = text.error();
            settle();
        }
    });
}

void CertificateSet::check(std::size_t number, const QByteArray &text)
{
    m_entries[number].text = text;
    const auto work = [text, authorities = m_federation.authorities()] {
        const auto proof = checkProof({text.constData(), std::size_t(text.size())}, authorities);
        return std::make_shared<Result<CheckedCertificate>>(!proof ? Result<CheckedCertificate>(tl::unexpected(proof.error()))
                : proof->certificate                               ? Result<CheckedCertificate>(*proof->certificate)
                                     : refuse(Reason::Malformed, {{"file", "certificate"}, {"expected", "a migration certificate"}}));
    };
    inBackground(work, this, [this, number](const std::shared_ptr<Result<CheckedCertificate>> &checked) {
        if (*checked) {
            m_entries[number].checked = std::move(**checked);
        } else {
            m_entries[number].problem = checked->error();
        }
        settle();
    });
}

void CertificateSet::settle()
{
    ++m_done;
    Q_EMIT progressed(int(m_done), int(m_entries.size()));
    if (isComplete()) {
        Q_EMIT complete();
    } else if (m_next < m_entries.size()) {
        fetchNext();
    }
}

int CertificateSet::genuine() const
{
    return int(std::ranges::count_if(m_entries, [](const Entry &entry) { return entry.checked.has_value(); }));
}

}
