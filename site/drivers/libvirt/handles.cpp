// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/libvirt/handles.h"

namespace portulan::site::libvirt {

namespace {

Reason reasonOf(const virError &error)
{
    switch (error.code) {
    case VIR_ERR_NO_CONNECT:
    case VIR_ERR_INVALID_CONN:
    case VIR_ERR_RPC:
    case VIR_ERR_LIBSSH:
    case VIR_ERR_SSH:
        return Reason::Unreachable;
    case VIR_ERR_AUTH_FAILED:
    case VIR_ERR_AUTH_CANCELLED:
    case VIR_ERR_AUTH_UNAVAILABLE:
    case VIR_ERR_GNUTLS_ERROR:
        return Reason::Unauthenticated;
    case VIR_ERR_ACCESS_DENIED:
    case VIR_ERR_OPERATION_DENIED:
        return Reason::NotAuthorised;
    case VIR_ERR_NO_DOMAIN:
    case VIR_ERR_NO_NETWORK:
    case VIR_ERR_NO_STORAGE_POOL:
    case VIR_ERR_NO_STORAGE_VOL:
    case VIR_ERR_NO_DOMAIN_SNAPSHOT:
        return Reason::NotFound;
    case VIR_ERR_DOM_EXIST:
    case VIR_ERR_NETWORK_EXIST:
    case VIR_ERR_STORAGE_VOL_EXIST:
        return Reason::AlreadyExists;
    case VIR_ERR_OPERATION_INVALID:
    case VIR_ERR_RESOURCE_BUSY:
        return Reason::NotReady;
    case VIR_ERR_OPERATION_TIMEOUT:
    case VIR_ERR_AGENT_UNRESPONSIVE:
        return Reason::TimedOut;
    case VIR_ERR_NO_SUPPORT:
    case VIR_ERR_OPERATION_UNSUPPORTED:
    case VIR_ERR_CONFIG_UNSUPPORTED:
    case VIR_ERR_ARGUMENT_UNSUPPORTED:
        return Reason::Unsupported;
    case VIR_ERR_INVALID_ARG:
    case VIR_ERR_XML_ERROR:
    case VIR_ERR_XML_DETAIL:
        return Reason::InvalidArgument;
    default:
        return error.domain == VIR_FROM_RPC ? Reason::Unreachable : Reason::Internal;
    }
}

}

std::string textOf(char *allocated)
{
    const std::unique_ptr<char, Release<std::free>> text(allocated);
    return text ? std::string(text.get()) : std::string();
}

Problem lastProblem(std::string_view what)
{
    const auto *error = virGetLastError();
    if (!error || error->code == VIR_ERR_OK) {
        return {Reason::Internal, {}, std::string(what) + ": libvirt gave no reason"};
    }
    const std::string words = error->message ? error->message : "";
    Problem problem {reasonOf(*error), {}, "libvirt, " + std::string(what) + ": " + words};
    if (words.find("No space left") != std::string::npos) {
        problem.reason = Reason::DiskFull;
    }
    if (problem.reason == Reason::Unsupported) {
        problem.facts["what"] = what;
    } else if (problem.reason == Reason::NotReady) {
        problem.facts["state"] = "busy";
    } else if (problem.reason == Reason::InvalidArgument) {
        problem.facts = {{"field", std::string(what)}, {"expected", "what libvirt takes"}};
    } else if (problem.reason == Reason::NotFound || problem.reason == Reason::AlreadyExists) {
        problem.facts["id"] = error->str2 ? error->str2 : words;
    }
    return problem;
}

tl::unexpected<Problem> lastRefusal(std::string_view what)
{
    return tl::unexpected(lastProblem(what));
}

}
