// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "app/ctl/arguments.h"
#include "app/ctl/output.h"
#include "models/federation.h"

#include <QCoreApplication>
#include <functional>

namespace portulan::ctl {

struct GlobalOptions {
    QString federationFile;
    Form form = Form::Table;
    int timeoutSeconds = 30;
};

/// One run of the program: the federation it speaks to, and how it ends. Commands start here, go on in callbacks and call finish() or
/// fail() once.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(GlobalOptions options);

    const GlobalOptions &options() const { return m_options; }
    /// Reads the federation file and makes the federation; no site is dialled yet.
    Result<> load();
    Federation &federation() { return *m_federation; }

    /// Dials these sites (none named: all) and goes on when each has told everything or is known not to answer, or at the timeout.
    void whenHeard(const QStringList &siteIds, std::function<void()> then);
    /// The object a user means: "site/kind/id-or-name" or an unambiguous end of it. NotFound, or InvalidArgument if several fit.
    void resolve(const QString &text, ObjectKind kind, std::function<void(const ObjectId &)> then);
    /// Ends the program because nothing is called so: Unreachable where a site that may have it does not answer, else NotFound.
    void notFound(const std::string &what, const QString &text);
    /// Sends an order; answers with the operation, or once it is over if `wait`. Failures end the program.
    void order(const QString &siteId, Order order, bool wait, std::function<void(const Operation &)> then);
    /// Calls back when the operation, or every one of these, is over.
    void whenOver(const ObjectId &operation, std::function<void(const Operation &)> then);
    /// Calls back as soon as the operation is so, or is over.
    void when(const ObjectId &operation, std::function<bool(const Operation &)> isSo, std::function<void(const Operation &)> then);
    void follow(const std::vector<ObjectId> &operations, std::function<void(const std::vector<Operation> &)> then);
    /// Prints operations and ends: 1 if any failed (by its problem's code if all that failed agree).
    void conclude(const std::vector<Operation> &operations);

    Json standings(const QStringList &siteIds = {}) const; ///< of the sites asked, for listings
    void finish(int code);
    void fail(const Problem &problem);
    void usage(const Problem &problem); ///< exit code 2

private:
    QStringList sitesIn(const QString &text) const;
    void checkHeard();
    void checkFollowed();
    QString progressLine(const Operation &operation) const;

    GlobalOptions m_options;
    std::unique_ptr<Federation> m_federation;
    QStringList m_awaited;
    QStringList m_asked;
    std::function<void()> m_heard;
    struct Followed {
        std::function<bool(const Operation &)> isSo; ///< what is waited for, if not its end
        std::function<void(const Operation &)> then;
    };
    std::multimap<ObjectId, Followed> m_followed;
    QTimer m_patience;
    bool m_isFinished = false;
};

}
