// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/site.h"

#include "core/words.h"

namespace portulan {

namespace {
constexpr auto kinds = wording<SiteKind>(
    {{SiteKind::Cloud, "cloud"}, {SiteKind::OnPremises, "on_premises"}, {SiteKind::BareMetal, "bare_metal"}, {SiteKind::Edge, "edge"}});
constexpr auto stacks = wording<Stack>({{Stack::Embedded, "embedded"}, {Stack::Libvirt, "libvirt"}, {Stack::OpenStack, "openstack"},
    {Stack::OpenNebula, "opennebula"}, {Stack::VMware, "vmware"}});
constexpr auto statuses = wording<CertificateStatus>({{CertificateStatus::Confirmed, "confirmed"}, {CertificateStatus::Declared, "declared"},
    {CertificateStatus::Unverified, "unverified"}, {CertificateStatus::Revoked, "revoked"}});

template <typename E, std::size_t N>
Result<E> oneOf(const Wording<E, N> &wording, std::string_view field, std::string_view word)
{
    if (const auto value = wording.from(word)) {
        return *value;
    }
    std::string expected;
    for (const auto &[value, known] : wording.words) {
        expected += (expected.empty() ? "" : ", ") + std::string(known);
    }
    return refuse(Reason::InvalidArgument, {{"field", std::string(field)}, {"value", std::string(word.substr(0, 64))}, {"expected", expected}});
}
}

std::string_view toString(SiteKind kind)
{
    return kinds.of(kind);
}
std::string_view toString(Stack stack)
{
    return stacks.of(stack);
}
std::string_view toString(CertificateStatus status)
{
    return statuses.of(status);
}
Result<SiteKind> siteKindFrom(std::string_view word)
{
    return oneOf(kinds, "kind", word);
}
Result<Stack> stackFrom(std::string_view word)
{
    return oneOf(stacks, "stack", word);
}
CertificateStatus certificateStatusFrom(std::string_view word)
{
    return statuses.from(word).value_or(CertificateStatus::Unverified);
}

}
