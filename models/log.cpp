// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/log.h"

namespace portulan {

Q_LOGGING_CATEGORY(logLink, "portulan.link", QtWarningMsg)
Q_LOGGING_CATEGORY(logModel, "portulan.model", QtWarningMsg)
Q_LOGGING_CATEGORY(logUi, "portulan.ui", QtWarningMsg)
Q_LOGGING_CATEGORY(logApp, "portulan.app", QtWarningMsg)

}
