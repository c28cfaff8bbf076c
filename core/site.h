// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/capacity.h"
#include "core/fact.h"
#include "core/objectid.h"
#include "core/place.h"

namespace portulan {

enum class SiteKind { Cloud, OnPremises, BareMetal, Edge };
enum class Stack { Embedded, Libvirt, OpenStack, OpenNebula, VMware };
std::string_view toString(SiteKind kind); ///< "cloud", "on_premises", "bare_metal", "edge"
std::string_view toString(Stack stack); ///< "embedded", "libvirt", "openstack", "opennebula", "vmware"
Result<SiteKind> siteKindFrom(std::string_view word);
Result<Stack> stackFrom(std::string_view word);

/// A holder of an operator's capital. Percentages 0–100.
struct Holder {
    std::string name;
    std::string country; ///< ISO 3166-1 alpha-2
    double capitalPercent = 0;
    double votesPercent = 0;
    bool veto = false;
    bool boardMajority = false;
    bool operator==(const Holder &) const = default;
};

/// The legal entity that runs a site.
struct Operator {
    std::string id;
    std::string name;
    std::string country; ///< registered office
    std::string ultimateParent; ///< its name; empty if none above
    std::string ultimateParentCountry;
    std::vector<Holder> holders;
    bool fictitious = false; ///< demonstration operators say so wherever they are shown
    bool operator==(const Operator &) const = default;
};

enum class CertificateStatus { Confirmed, Declared, Unverified, Revoked };
std::string_view toString(CertificateStatus status);
CertificateStatus certificateStatusFrom(std::string_view word); ///< unknown words read as Unverified

/// A certification or qualification of a site ("SecNumCloud" 3.2, "HDS" 2.0…); not an X.509 certificate.
struct Certificate {
    std::string scheme;
    std::string level; ///< version or level, as `cert_orders` of the rules ranks them
    std::string issuer;
    std::string number;
    Date validFrom {};
    Date validUntil {};
    CertificateStatus status = CertificateStatus::Unverified;
    bool operator==(const Certificate &) const = default;
};

/// A place with a gateway, as the gateway describes itself.
struct Site {
    std::string id;
    std::string name;
    Place place;
    SiteKind kind = SiteKind::Cloud;
    Stack stack = Stack::Embedded;
    std::string slaClass; ///< "gold", "silver", "best-effort"… the operator's own word
    Operator operatedBy;
    std::vector<Certificate> certificates;
    FactSet facts; ///< "site.*" and "provider.*", dated
    Capacity capacity;
    std::string version; ///< of the gateway
    std::string hypervisor; ///< "QEMU 7.2 (TCG)", empty: lifecycle is recorded only
    bool lifecycleRecordedOnly = false; ///< no hypervisor: instances are records, disks and transfers stay real
    bool demonstration = false; ///< everything on it is demonstration data
    std::string rulebookVersion;
    std::vector<std::string> capabilities; ///< "instance.create", "volume.export.vmdk"… what the driver can do
    bool operator==(const Site &) const = default;
};

/// Everything the rules may ask about a site: its own facts, those derived from place, operator and holders. The place says the country;
/// elsewhere an explicit fact outweighs a derived one. Shares are derived only as far as the declared holders make them certain.
FactSet factsOf(const Site &site);
/// The same with what depends on the day: "site.min_cert_days_left" and "provider.ownership_age_days".
FactSet factsOf(const Site &site, Date today);

}
