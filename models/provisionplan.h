// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/placement.h"
#include "models/federation.h"

namespace portulan {

/// What somebody wants created, as chosen so far.
struct ProvisionChoices {
    ObjectKind kind = ObjectKind::Instance; ///< Instance, Volume or DataSet
    QString id; ///< proposed; empty: the site chooses
    QString name;
    QString project;
    Classification classification = Classification::Unclassified;
    QString flavor;
    qint64 vcpus = 1;
    qint64 ramBytes = qint64(1) << 30;
    qint64 diskBytes = 0; ///< of a volume its size; of an instance 0: the image's
    QString imageId; ///< of an instance; of a volume: filled from, may be empty
    QStringList networkIds;
    std::map<std::string, std::string> labels;
    bool start = true;
    QString site; ///< empty: the best allowed one
    QString near; ///< id of a site to be close to; empty: no matter
    bool operator==(const ProvisionChoices &) const = default;
};

/// An order to create something, being composed: choices in; ranked sites, what stands in the way and whether it may be sent out. The
/// ranking follows the federation as it changes.
class ProvisionPlan : public QObject {
    Q_OBJECT
public:
    struct Offer { ///< an image or a project that some sites have
        QString id;
        QString name;
        QStringList sites;
    };

    explicit ProvisionPlan(Federation &federation, QObject *parent = nullptr);

    const ProvisionChoices &choices() const { return m_choices; }
    void setChoices(const ProvisionChoices &choices);

    /// Every site, best first, with verdict and obstacles.
    const std::vector<Candidate> &candidates() const { return m_candidates; }
    /// The site it would go to: the chosen one, else the best allowed one; nullptr if there is none.
    const Candidate *chosen() const;
    /// What is missing or wrong in the choices themselves.
    std::vector<Problem> mistakes() const;
    /// Everything between the choices and an order: mistakes, then the obstacles at the chosen site.
    std::vector<Problem> obstacles() const;
    bool isReady() const { return obstacles().empty(); }
    /// NotReady if it is not ready; the first obstacle says why.
    QFuture<Result<Operation>> submit() const;
    Order order() const;

    std::vector<Offer> images() const; ///< by name
    std::vector<Offer> projects() const;

Q_SIGNALS:
    void changed();

private:
    void rankAgain();
    Need need() const;
    void addObstacles(Candidate &candidate) const;

    Federation &m_federation;
    ProvisionChoices m_choices;
    std::vector<Candidate> m_candidates;
    QTimer m_later;
};

}
