// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/errand.h"

namespace portulan::site {

namespace {

/// Fills an Errand from an order; one overload for each that is more than its object.
class Look {
public:
    Look(const std::string &site, const Broadcast &broadcast)
        : m_site(site)
        , m_broadcast(broadcast)
    {
    }

    void operator()(const CreateProject &order)
    {
        create({m_site, ObjectKind::Project, order.project.id.id}, {}, order.project.name);
        errand.target.project.clear(); // there is none yet: it takes a grant on the whole site
    }
    void operator()(const CreateInstance &order)
    {
        create({m_site, ObjectKind::Instance, order.id}, order.project, order.name);
        errand.classes = {order.classification};
        seen(ObjectKind::Image, order.imageId);
        for (const auto &network : order.networkIds) {
            seen(ObjectKind::Network, network);
        }
        errand.detail = std::to_string(order.vcpus) + " vCPU, " + std::to_string(order.ramBytes) + " B RAM";
    }
    void operator()(const CreateVolume &order)
    {
        create({m_site, ObjectKind::Volume, order.id}, order.project, order.name);
        errand.classes = {order.classification};
        seen(ObjectKind::Image, order.imageId);
        errand.detail = std::to_string(order.sizeBytes) + " B";
    }
    void operator()(const CreateDataSet &order)
    {
        create({m_site, ObjectKind::DataSet, order.id}, order.project, order.name);
        errand.classes = {order.classification};
    }
    void operator()(const CreateNetwork &order) { create({m_site, ObjectKind::Network, order.id}, order.project, order.name); }
    void operator()(const CreateImage &order)
    {
        create({m_site, ObjectKind::Image, order.id}, order.project, order.name);
        errand.ownProject = {order.fromVolume};
        errand.classes = classesOf(order.fromVolume);
    }
    void operator()(const CreateSnapshot &order)
    {
        look(order.of);
        errand.classes = classesOf(order.of);
        errand.cancellable = true;
    }
    void operator()(const StartInstance &order)
    {
        look(order.instance);
        errand.classes = classesOf(order.instance);
    }
    void operator()(const UpdateInstance &order)
    {
        look(order.instance);
        reclassify(order.classification);
    }
    void operator()(const UpdateDataSet &order)
    {
        look(order.dataSet);
        reclassify(order.classification);
    }
    void operator()(const AttachVolume &order)
    {
        look(order.instance);
        errand.ownProject = {order.volume};
        errand.classes = classesOf(order.volume);
        errand.detail = order.volume.text();
    }
    void operator()(const DetachVolume &order)
    {
        look(order.instance);
        errand.ownProject = {order.volume};
        errand.detail = order.volume.text();
    }
    void operator()(const DeleteDataObject &order)
    {
        look(order.dataSet);
        errand.detail = order.key;
    }
    void operator()(const Migrate &order)
    {
        look(order.object);
        errand.cancellable = true;
        errand.detail = "to " + order.toSite;
    }
    void operator()(const Evacuate &order)
    {
        errand.object = order.site;
        errand.target = {order.site, {}, true};
        const auto thing = m_broadcast.find(order.site);
        const auto *site = thing ? std::get_if<Site>(&*thing) : nullptr;
        errand.name = site ? site->name : order.site.site;
        errand.cancellable = true;
        errand.detail = std::to_string(order.moves.size()) + " moves";
    }
    template <typename T>
    void operator()(const T &order)
    {
        look(objectOf(Order(order)));
    }

    Errand errand;

private:
    void create(const ObjectId &id, const std::string &project, const std::string &name)
    {
        errand.object = id;
        errand.target = {{m_site, id.kind, {}}, project, true};
        errand.name = name;
        errand.isCreation = true;
        errand.cancellable = true;
        if (id.kind != ObjectKind::Project) {
            errand.visible.push_back({m_site, ObjectKind::Project, project});
        }
    }
    void look(const ObjectId &id)
    {
        errand.object = id;
        errand.target = {id, {}, false};
        const auto thing = m_broadcast.find(id);
        if (!thing) {
            return;
        }
        errand.target.known = true;
        errand.target.project = projectOf(*thing);
        std::visit(
            [this](const auto &it) {
                using T = std::decay_t<decltype(it)>;
                if constexpr (std::is_base_of_v<Common, T>) {
                    errand.name = it.name;
                    errand.etag = it.etag;
                } else if constexpr (std::is_same_v<T, Operation>) {
                    errand.name = it.objectName;
                }
                if constexpr (requires { it.custody; }) {
                    errand.custody = it.custody;
                }
            },
            *thing);
    }
    void seen(ObjectKind kind, const std::string &id)
    {
        if (!id.empty()) {
            errand.visible.push_back({m_site, kind, id});
        }
    }
    void reclassify(const std::optional<Classification> &classification)
    {
        if (classification) {
            errand.classes = {*classification};
            errand.detail = "class " + std::string(toString(*classification));
        }
    }
    std::vector<Classification> classesOf(const ObjectId &id) const
    {
        const auto thing = m_broadcast.find(id);
        if (const auto *instance = thing ? std::get_if<Instance>(&*thing) : nullptr) {
            return {instance->classification};
        }
        if (const auto *volume = thing ? std::get_if<Volume>(&*thing) : nullptr) {
            return {volume->classification};
        }
        return {};
    }

    const std::string &m_site;
    const Broadcast &m_broadcast;
};

}

Errand errandOf(const Order &order, const std::string &site, const Broadcast &broadcast)
{
    Look look(site, broadcast);
    std::visit(look, order);
    return std::move(look.errand);
}

}
