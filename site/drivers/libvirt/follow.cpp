// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/libvirt/follow.h"

#include "site/drivers/disk/fd.h"
#include "site/drivers/disk/nbdreader.h"
#include "site/drivers/disk/process.h"
#include "site/drivers/libvirt/xml.h"

#include <csignal>
#include <fstream>
#include <sys/stat.h>
#include <thread>

namespace portulan::site::libvirt {

using namespace std::chrono_literals;

namespace {

constexpr auto ours = "portulan-";
constexpr auto patience = 20s;

using Checkpoint = std::unique_ptr<virDomainCheckpoint, Release<virDomainCheckpointFree>>;

std::string exportName(std::size_t disk)
{
    return "d" + std::to_string(disk);
}

/// No backup of ours runs on return, unless it does not end. Another's job is left alone: then ours is refused.
void endJob(virDomainPtr domain)
{
    pugi::xml_document about;
    if (!about.load_string(textOf(::virDomainBackupGetXMLDesc(domain, 0)).c_str())) {
        return;
    }
    const std::string socket = about.child("domainbackup").child("server").attribute("socket").value();
    if (!socket.substr(socket.rfind('/') + 1).starts_with(ours)) {
        return;
    }
    virDomainJobInfo job {};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (bool isAsked = false; ::virDomainGetJobInfo(domain, &job) == 0 && job.type != VIR_DOMAIN_JOB_NONE; isAsked = true) {
        if (!isAsked) {
            (void)::virDomainAbortJob(domain);
        }
        if (std::chrono::steady_clock::now() > deadline) {
            return;
        }
        std::this_thread::sleep_for(10ms);
    }
}

/// What any following left in a domain, but for one checkpoint: of one that is down the bitmaps stay in its files, and hurt nobody.
void sweep(virDomainPtr domain, const std::string &kept)
{
    virDomainCheckpointPtr *list = nullptr;
    const int count = ::virDomainListAllCheckpoints(domain, &list, VIR_DOMAIN_CHECKPOINT_LIST_TOPOLOGICAL);
    for (const auto &one : owned<Checkpoint>(list, std::max(count, 0))) {
        const std::string name = ::virDomainCheckpointGetName(one.get());
        if (name.starts_with(ours) && name != kept && ::virDomainCheckpointDelete(one.get(), 0) != 0) {
            (void)::virDomainCheckpointDelete(one.get(), VIR_DOMAIN_CHECKPOINT_DELETE_METADATA_ONLY);
        }
    }
}

}

Follow::Follow(Domain domain, std::string directory, std::vector<Disk> disks, std::string name)
    : m_domain(std::move(domain))
    , m_directory(std::move(directory))
    , m_disks(std::move(disks))
    , m_name(std::move(name))
{
}

Follow::~Follow()
{
    letGo();
    sweep(m_domain.get(), {});
    removeFile(m_directory + '/' + socketName());
}

Result<std::unique_ptr<cloud::LiveDisks>> Follow::begin(Domain domain, std::string directory)
{
    if (::virDomainIsActive(domain.get()) != 1) {
        return refuse(Reason::NotReady, {{"state", "stopped"}});
    }
    pugi::xml_document about;
    if (!about.load_string(textOf(::virDomainGetXMLDesc(domain.get(), 0)).c_str())) {
        return lastRefusal("domain");
    }
    std::vector<Disk> disks;
    for (const auto disk : about.child("domain").child("devices").children("disk")) {
        const std::string path = disk.child("source").attribute("file").value();
        if (std::string_view(disk.attribute("device").as_string("disk")) == "disk") {
            if (path.empty()) {
                return refuse(Reason::Unsupported, {{"what", "migrate.warm"}}, "a disk that is no file");
            }
            disks.push_back({disk.child("target").attribute("dev").value(), path});
        }
    }
    endJob(domain.get());
    sweep(domain.get(), {});
    if (directory.empty() && !disks.empty()) {
        directory = disks.front().path.substr(0, disks.front().path.rfind('/'));
    }
    return std::unique_ptr<cloud::LiveDisks>(new Follow(std::move(domain), std::move(directory), std::move(disks), nameFor({}, ours)));
}

void Follow::letGo()
{
    if (m_isOpen) {
        endJob(m_domain.get());
        sweep(m_domain.get(), checkpoint(m_view));
        m_isOpen = false;
    }
}

/// The backup that shows this instant, and the checkpoint from which the next one counts, set at once.
Result<std::vector<RunningDisks::View>> Follow::next()
{
    letGo();
    pugi::xml_document backup, mark;
    auto job = backup.append_child("domainbackup");
    job.append_attribute("mode") = "pull";
    if (m_view > 0) {
        put(job, "incremental", checkpoint(m_view));
    }
    auto server = job.append_child("server");
    server.append_attribute("transport") = "unix";
    server.append_attribute("socket") = (m_directory + '/' + socketName()).c_str();
    auto disks = job.append_child("disks");
    auto point = mark.append_child("domaincheckpoint");
    put(point, "name", checkpoint(m_view + 1));
    auto marks = point.append_child("disks");
    for (std::size_t i = 0; i < m_disks.size(); ++i) {
        auto disk = disks.append_child("disk");
        disk.append_attribute("name") = m_disks[i].target.c_str();
        disk.append_attribute("backup") = "yes";
        disk.append_attribute("type") = "file";
        disk.append_attribute("exportname") = exportName(i).c_str();
        if (m_view > 0) {
            disk.append_attribute("exportbitmap") = exportName(i).c_str();
        }
        disk.append_child("scratch").append_attribute("file")
            = (m_disks[i].path + std::string(scratchEnding)).c_str(); // of what is written over meanwhile
        auto bitmap = marks.append_child("disk");
        bitmap.append_attribute("name") = m_disks[i].target.c_str();
        bitmap.append_attribute("checkpoint") = "bitmap";
    }
    removeFile(m_directory + '/' + socketName());
    if (::virDomainBackupBegin(m_domain.get(), textOf(backup).c_str(), textOf(mark).c_str(), 0) != 0) {
        return lastRefusal("migrate.warm");
    }
    m_isOpen = true;
    ++m_view;
    return look();
}

Result<std::vector<RunningDisks::View>> Follow::look()
{
    std::vector<RunningDisks::View> views;
    for (std::size_t i = 0; i < m_disks.size(); ++i) {
        const bool isFirst = m_view == 1;
        auto reader = NbdReader::open({m_directory, socketName(), exportName(i), isFirst ? std::string() : "qemu:dirty-bitmap:" + exportName(i)});
        auto dirty = reader && !isFirst ? (*reader)->marked() : Result<std::vector<Extent>>();
        if (!reader || !dirty) {
            return tl::unexpected(reader ? dirty.error() : reader.error());
        }
        views.push_back({std::move(*reader), std::move(*dirty)});
    }
    return views;
}

Result<std::int64_t> Follow::written()
{
    const Checkpoint last(::virDomainCheckpointLookupByName(m_domain.get(), checkpoint(m_view).c_str(), 0));
    pugi::xml_document about;
    const auto xml = last ? textOf(::virDomainCheckpointGetXMLDesc(last.get(), VIR_DOMAIN_CHECKPOINT_XML_SIZE)) : std::string();
    if (!about.load_string(xml.c_str())) {
        return lastRefusal("migrate.warm");
    }
    std::int64_t bytes = 0;
    for (const auto disk : about.child("domaincheckpoint").child("disks").children("disk")) {
        bytes += disk.attribute("size").as_llong();
    }
    return bytes;
}

/// A machine that is down has its bitmaps in its files; one that did not come to its end in peace left them unfinished, and QEMU says so.
Result<std::vector<Extent>> Follow::markedIn(const Disk &disk)
{
    const auto pidFile = m_directory + '/' + m_name + ".pid";
    removeFile(m_directory + '/' + socketName());
    const auto served
        = runTool({{"qemu-nbd", "--fork", "--read-only", "--format=qcow2", "--bitmap=" + checkpoint(m_view),
                       "--socket=" + m_directory + '/' + socketName(), "--export-name=" + exportName(0), "--pid-file=" + pidFile, disk.path},
                      {}, -1, -1},
            {}, {});
    if (!served) {
        return tl::unexpected(served.error());
    }
    auto reader = NbdReader::open({m_directory, socketName(), exportName(0), "qemu:dirty-bitmap:" + checkpoint(m_view)});
    auto marked = reader.and_then([](const std::shared_ptr<NbdReader> &open) { return open->marked(); });
    reader = {};
    pid_t pid = 0;
    if (std::ifstream(pidFile) >> pid) { // it ends with its last client, or now
        if (auto process = Process::of(pid)) {
            process->signal(SIGTERM);
            (void)process->ended(patience);
        }
    }
    removeFile(pidFile);
    if (marked) { // else it would be written for ever after
        (void)runTool({{"qemu-img", "bitmap", "--remove", "-f", "qcow2", disk.path, checkpoint(m_view)}, {}, -1, -1}, {}, {});
    }
    return marked;
}

Result<std::vector<std::vector<Extent>>> Follow::rest()
{
    letGo();
    std::vector<std::vector<Extent>> all;
    for (const auto &disk : m_disks) {
        auto marked = markedIn(disk);
        if (!marked) {
            return tl::unexpected(marked.error());
        }
        all.push_back(std::move(*marked));
    }
    return all;
}

}
