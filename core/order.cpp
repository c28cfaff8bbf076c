// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/order.h"

namespace portulan {

namespace {

template <typename... F>
struct Cases : F... {
    using F::operator()...;
};
template <typename... F>
Cases(F...) -> Cases<F...>; // clang 14 does not deduce it

constexpr std::string_view kinds[] = {"project.create", "project.update", "project.delete", "instance.create", "instance.update", "instance.start",
    "instance.stop", "instance.reboot", "instance.resize", "instance.delete", "volume.attach", "volume.detach", "volume.create", "volume.resize",
    "volume.delete", "snapshot.create", "snapshot.revert", "snapshot.delete", "image.create", "image.delete", "dataset.create", "dataset.update",
    "dataset.delete", "dataset.object.delete", "network.create", "network.delete", "migrate", "operation.cancel", "operation.pause",
    "operation.resume", "operation.cutover", "operation.testboot", "evacuate"};
static_assert(std::size(kinds) == std::variant_size_v<Order>);

}

std::string_view kindOf(const Order &order)
{
    return kinds[order.index()];
}

ObjectId objectOf(const Order &order)
{
    return std::visit(Cases {
                          [](const CreateProject &o) { return o.project.id; },
                          [](const UpdateProject &o) { return o.project.id; },
                          [](const DeleteProject &o) { return o.project; },
                          [](const CreateInstance &o) {
                              return ObjectId {{}, ObjectKind::Instance, o.id};
                          },
                          [](const CreateVolume &o) {
                              return ObjectId {{}, ObjectKind::Volume, o.id};
                          },
                          [](const CreateSnapshot &o) { return o.of; },
                          [](const RevertSnapshot &o) { return o.snapshot; },
                          [](const DeleteSnapshot &o) { return o.snapshot; },
                          [](const CreateImage &o) {
                              return ObjectId {{}, ObjectKind::Image, o.id};
                          },
                          [](const DeleteImage &o) { return o.image; },
                          [](const CreateDataSet &o) {
                              return ObjectId {{}, ObjectKind::DataSet, o.id};
                          },
                          [](const UpdateDataSet &o) { return o.dataSet; },
                          [](const DeleteDataSet &o) { return o.dataSet; },
                          [](const DeleteDataObject &o) { return o.dataSet; },
                          [](const CreateNetwork &o) {
                              return ObjectId {{}, ObjectKind::Network, o.id};
                          },
                          [](const DeleteNetwork &o) { return o.network; },
                          [](const ResizeVolume &o) { return o.volume; },
                          [](const DeleteVolume &o) { return o.volume; },
                          [](const Migrate &o) { return o.object; },
                          [](const CancelOperation &o) { return o.operation; },
                          [](const PauseOperation &o) { return o.operation; },
                          [](const ResumeOperation &o) { return o.operation; },
                          [](const CutOverOperation &o) { return o.operation; },
                          [](const TestBootOperation &o) { return o.operation; },
                          [](const Evacuate &o) { return o.site; },
                          [](const auto &o) { return o.instance; },
                      },
        order);
}

}
