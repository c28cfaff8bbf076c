// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/submit.h"

namespace portulan {

namespace {

struct Send {
    const Way &way;
    const Request &request;
    std::chrono::milliseconds deadline;

    template <typename Message>
    QFuture<Result<Operation>> by(Question<Message, v1::Operation> question) const
    {
        const auto message = wire::toWire(request);
        return call(
            way, question, std::move(static_cast<Message &>(*message)), deadline, [](const v1::Operation &reply) { return wire::fromWire(reply); });
    }

    auto operator()(const CreateProject &) const { return by(&Questions::CreateProject); }
    auto operator()(const UpdateProject &) const { return by(&Questions::UpdateProject); }
    auto operator()(const DeleteProject &) const { return by(&Questions::DeleteProject); }
    auto operator()(const CreateInstance &) const { return by(&Questions::CreateInstance); }
    auto operator()(const UpdateInstance &) const { return by(&Questions::UpdateInstance); }
    auto operator()(const StartInstance &) const { return by(&Questions::StartInstance); }
    auto operator()(const StopInstance &) const { return by(&Questions::StopInstance); }
    auto operator()(const RebootInstance &) const { return by(&Questions::RebootInstance); }
    auto operator()(const ResizeInstance &) const { return by(&Questions::ResizeInstance); }
    auto operator()(const DeleteInstance &) const { return by(&Questions::DeleteInstance); }
    auto operator()(const AttachVolume &) const { return by(&Questions::AttachVolume); }
    auto operator()(const DetachVolume &) const { return by(&Questions::DetachVolume); }
    auto operator()(const CreateVolume &) const { return by(&Questions::CreateVolume); }
    auto operator()(const ResizeVolume &) const { return by(&Questions::ResizeVolume); }
    auto operator()(const DeleteVolume &) const { return by(&Questions::DeleteVolume); }
    auto operator()(const CreateSnapshot &) const { return by(&Questions::CreateSnapshot); }
    auto operator()(const RevertSnapshot &) const { return by(&Questions::RevertSnapshot); }
    auto operator()(const DeleteSnapshot &) const { return by(&Questions::DeleteSnapshot); }
    auto operator()(const CreateImage &) const { return by(&Questions::CreateImage); }
    auto operator()(const DeleteImage &) const { return by(&Questions::DeleteImage); }
    auto operator()(const CreateDataSet &) const { return by(&Questions::CreateDataSet); }
    auto operator()(const UpdateDataSet &) const { return by(&Questions::UpdateDataSet); }
    auto operator()(const DeleteDataSet &) const { return by(&Questions::DeleteDataSet); }
    auto operator()(const DeleteDataObject &) const { return by(&Questions::DeleteDataObject); }
    auto operator()(const CreateNetwork &) const { return by(&Questions::CreateNetwork); }
    auto operator()(const DeleteNetwork &) const { return by(&Questions::DeleteNetwork); }
    auto operator()(const Migrate &) const { return by(&Questions::Migrate); }
    auto operator()(const CancelOperation &) const { return by(&Questions::CancelOperation); }
    auto operator()(const PauseOperation &) const { return by(&Questions::PauseOperation); }
    auto operator()(const ResumeOperation &) const { return by(&Questions::ResumeOperation); }
    auto operator()(const CutOverOperation &) const { return by(&Questions::CutOverOperation); }
    auto operator()(const TestBootOperation &) const { return by(&Questions::TestBootOperation); }
    auto operator()(const Evacuate &) const { return by(&Questions::Evacuate); }
};

}

QFuture<Result<Operation>> submit(const Way &way, const Request &request, std::chrono::milliseconds deadline)
{
    return std::visit(Send {way, request, deadline}, request.order);
}

}
