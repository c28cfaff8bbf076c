// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "gateway.grpc.pb.h"
#include "models/link/sitelink.h"
#include "models/link/transfers.h"

/// Bytes of local files to a site and back. These wait for disk and network: in a transfer's thread only.
namespace portulan::files {

Result<Operation> import(v1::Gateway::Stub &stub, Transfer &transfer, const SiteLink::Import &import);
Result<DataObject> put(v1::Gateway::Stub &stub, Transfer &transfer, const ObjectId &dataSet, const std::string &key);

/// Written beside the file as .part; becomes the file once its digest is the one the site gave. The bytes received.
Result<qint64> exportTo(v1::Gateway::Stub &stub, Transfer &transfer, const ObjectId &object, const std::string &format);
Result<qint64> get(v1::Gateway::Stub &stub, Transfer &transfer, const ObjectId &dataSet, const std::string &key);

}
