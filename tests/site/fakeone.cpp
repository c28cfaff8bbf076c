// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/fakeone.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

namespace portulan::tests {

namespace {

constexpr int hostMegabytes = 16384;

std::string escapedText(const std::string &text)
{
    pugi::xml_document document;
    document.append_child("v").text().set(text.c_str());
    std::ostringstream out;
    document.save(out, "", pugi::format_raw | pugi::format_no_declaration);
    const auto all = out.str();
    return all == "<v />" || all == "<v/>" ? std::string() : all.substr(3, all.size() - 7);
}

std::string envelope(const std::string &values)
{
    const auto body = "<?xml version=\"1.0\"?>\r\n<methodResponse><params><param><value><array><data>" + values
        + "</data></array></value></param></params></methodResponse>";
    return "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
std::string good(const std::string &text)
{
    return envelope("<value><boolean>1</boolean></value><value><string>" + escapedText(text) + "</string></value><value><i4>0</i4></value>");
}
std::string goodNumber(int number)
{
    return envelope("<value><boolean>1</boolean></value><value><i4>" + std::to_string(number) + "</i4></value><value><i4>0</i4></value>");
}
std::string bad(int code, const std::string &why, int id = -1)
{
    return envelope("<value><boolean>0</boolean></value><value><string>" + escapedText(why) + "</string></value><value><i4>" + std::to_string(code)
        + "</i4></value><value><i4>" + std::to_string(id) + "</i4></value><value><i4>-1</i4></value>");
}

/// A word of a template: NAME="a \"b\"".
std::string wordIn(const std::string &form, const std::string &key)
{
    const auto at = ('\n' + form).find('\n' + key + '=');
    if (at == std::string::npos) {
        const auto within = form.find(key + "=\"");
        return within == std::string::npos ? std::string()
                                           : form.substr(within + key.size() + 2, form.find('"', within + key.size() + 2) - within - key.size() - 2);
    }
    std::string word;
    const auto from = at + key.size() + 1;
    const bool isQuoted = form[from] == '"';
    for (auto i = from + (isQuoted ? 1 : 0); i < form.size() && form[i] != (isQuoted ? '"' : '\n'); ++i) {
        word += form[i] == '\\' ? form[++i] : form[i];
    }
    return word;
}

}

FakeOne::FakeOne()
    : m_server([this](const std::string &request) { return answer(request); })
{
    std::filesystem::permissions(dir.path("."), std::filesystem::perms(0700));
    dir.run("umask 077; echo oneadmin:secret > one_auth");
}

void FakeOne::addMachines(int count)
{
    const std::lock_guard lock(m_mutex);
    for (int i = 0; i < count; ++i) {
        const auto id = m_next++;
        m_machines[id] = {"vm-" + std::to_string(id), {}, 1, 256, 8, 3, 3};
    }
}

void FakeOne::dropNewest()
{
    const std::lock_guard lock(m_mutex);
    m_drops = true;
}

bool FakeOne::isThere(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    return std::ranges::any_of(m_machines, [&](const auto &each) { return each.second.name == name && each.second.state != 6; });
}

std::string FakeOne::recorded(const std::string &name, const std::string &more) const
{
    std::ifstream file(PORTULAN_SOURCE_DIR "/tests/peers/opennebula/" + name + ".xml");
    std::string text {std::istreambuf_iterator<char>(file), {}};
    text.resize(text.find_last_of('>') + 1);
    return text.insert(text.rfind("</"), more);
}

std::string FakeOne::describe(int id, Machine &machine)
{
    if (!machine.ahead.empty()) {
        std::tie(machine.state, machine.lcm) = machine.ahead.front();
        machine.ahead.erase(machine.ahead.begin());
    }
    std::string disk;
    if (machine.diskMegabytes > 0) {
        disk = "<DISK><DISK_ID>0</DISK_ID>" + (machine.image.empty() ? "" : "<IMAGE_ID>" + machine.image + "</IMAGE_ID>")
            + "<FORMAT>raw</FORMAT><TYPE>FILE</TYPE><SIZE>" + std::to_string(machine.diskMegabytes)
            + "</SIZE></DISK><DISK><DISK_ID>1</DISK_ID><TYPE>CDROM</TYPE></DISK>";
    }
    return "<VM><ID>" + std::to_string(id) + "</ID><NAME>" + escapedText(machine.name) + "</NAME><STATE>" + std::to_string(machine.state)
        + "</STATE><LCM_STATE>" + std::to_string(machine.lcm) + "</LCM_STATE><TEMPLATE><VCPU><![CDATA[" + std::to_string(machine.vcpus)
        + "]]></VCPU><MEMORY><![CDATA[" + std::to_string(machine.megabytes) + "]]></MEMORY>" + disk + "</TEMPLATE><USER_TEMPLATE><SCHED_MESSAGE>"
        + escapedText(machine.note) + "</SCHED_MESSAGE></USER_TEMPLATE></VM>";
}

/// `end` below -1: a page of that many from the place `from`; else all.
std::string FakeOne::pool(int from, int end)
{
    std::string all = "<VM_POOL>";
    int place = 0;
    for (auto at = m_machines.rbegin(); at != m_machines.rend(); ++at) {
        if (at->second.state != 6 && place++ >= std::max(from, 0) && (end >= -1 || place <= from - end)) {
            all += describe(at->first, at->second);
        }
    }
    if (std::exchange(m_drops, false) && !m_machines.empty()) {
        for (int i = 0; i < 40; ++i) { // more than pages overlap
            m_machines.erase(std::prev(m_machines.end()));
        }
    }
    return good(all + "</VM_POOL>");
}

std::string FakeOne::act(const std::string &action, int id)
{
    const auto at = m_machines.find(id);
    if (at == m_machines.end() || at->second.state == 6) {
        return bad(0x400, "[one.vm.action] Error getting virtual machine [" + std::to_string(id) + "].", id);
    }
    auto &machine = at->second;
    const bool runs = machine.state == 3 && machine.lcm == 3, rests = machine.state == 8 || machine.state == 2;
    const std::pair<int, int> now {machine.state, machine.lcm};
    if (action == "terminate-hard") {
        machine.ahead = {now, {3, 23}, {6, 0}};
    } else if (runs && (action == "poweroff" || action == "poweroff-hard")) {
        machine.ahead = {now, {3, 18}, {8, 0}};
    } else if (runs && (action == "reboot" || action == "reboot-hard")) {
        machine.ahead = {now};
    } else if (rests && action == (machine.state == 2 ? "release" : "resume")) {
        machine.ahead = {now, {1, 0}, {3, 1}, {3, 2}, {3, 3}};
    } else {
        return bad(0x800,
            "[one.vm.action] Error performing action \"" + action + "\": This action is not available for state " + std::to_string(machine.state),
            id);
    }
    return goodNumber(id);
}

std::string FakeOne::perform(const std::string &method, const std::vector<std::string> &arguments)
{
    if (arguments.empty() || arguments[0] != "oneadmin:secret") {
        return bad(0x100, "[" + method + "] User couldn't be authenticated, aborting call.");
    }
    const auto number = [&](std::size_t index) { return index < arguments.size() ? std::atoi(arguments[index].c_str()) : -1; };
    if (method == "one.vmpool.infoextended") {
        return pool(number(2), number(3));
    }
    if (method == "one.hostpool.info" || method == "one.datastorepool.info" || method == "one.vnpool.info") {
        return good(recorded(method.substr(4)));
    }
    if (method == "one.imagepool.info") {
        std::string more;
        for (const auto &[id, block] : m_blocks) {
            more += "<IMAGE><ID>" + std::to_string(id) + "</ID><NAME>" + escapedText(block.name) + "</NAME><TYPE>2</TYPE><STATE>"
                + (block.looksUntilReady > 0 ? "4" : "1") + "</STATE><FORMAT>raw</FORMAT><SIZE>" + std::to_string(block.megabytes)
                + "</SIZE></IMAGE>";
        }
        return good(recorded("imagepool.info", more));
    }
    if (method == "one.vm.info") {
        const auto at = m_machines.find(number(1));
        return at == m_machines.end() ? bad(0x400, "[one.vm.info] Error getting virtual machine.") : good(describe(at->first, at->second));
    }
    if (method == "one.vm.action") {
        return act(arguments.at(1), number(2));
    }
    if (method == "one.vm.allocate") {
        const auto &form = arguments.at(1);
        Machine machine;
        machine.name = wordIn(form, "NAME");
        machine.vcpus = std::atoi(wordIn(form, "VCPU").c_str());
        machine.megabytes = std::atoi(wordIn(form, "MEMORY").c_str());
        machine.image = wordIn(form, "IMAGE_ID");
        machine.diskMegabytes = form.find("DISK=[") == std::string::npos ? 0 : std::max(8, std::atoi(wordIn(form, "SIZE").c_str()));
        const bool held = number(2) == 1, fits = machine.megabytes <= hostMegabytes;
        machine.state = held ? 2 : 1;
        machine.note = held || fits ? "" : "Not enough Memory on hosts: 0,1";
        if (!held && fits) {
            machine.ahead = {{1, 0}, {3, 1}, {3, 2}, {3, 3}};
        }
        m_machines[m_next] = machine;
        return goodNumber(m_next++);
    }
    if (method == "one.image.allocate") {
        m_blocks[m_next] = {wordIn(arguments.at(1), "NAME"), std::atoi(wordIn(arguments.at(1), "SIZE").c_str())};
        return goodNumber(m_next++);
    }
    if (method == "one.image.info" || method == "one.image.delete") {
        const auto at = m_blocks.find(number(1));
        if (at == m_blocks.end()) {
            return bad(0x400, "[" + method + "] Error getting image [" + std::to_string(number(1)) + "].");
        }
        if (method == "one.image.delete") {
            at->second.isGoing = true;
            at->second.looksUntilReady = 2;
            return goodNumber(at->first);
        }
        auto &block = at->second;
        block.looksUntilReady = std::max(0, block.looksUntilReady - 1);
        if (block.isGoing && block.looksUntilReady == 0) {
            m_blocks.erase(at);
            return bad(0x400, "[one.image.info] Error getting image.");
        }
        return good("<IMAGE><ID>" + std::to_string(at->first) + "</ID><NAME>" + escapedText(block.name) + "</NAME><TYPE>2</TYPE><STATE>"
            + (block.looksUntilReady > 0 ? "4" : "1") + "</STATE><FORMAT>raw</FORMAT><SIZE>" + std::to_string(block.megabytes) + "</SIZE></IMAGE>");
    }
    const auto fault
        = "<?xml version=\"1.0\"?><methodResponse><fault><value><struct><member><name>faultCode</name><value><int>-506</int></value></member><member>"
          "<name>faultString</name><value><string>Method '"
        + method + "' not defined</string></value></member></struct></value></fault></methodResponse>";
    return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(fault.size()) + "\r\n\r\n" + fault;
}

std::string FakeOne::answer(const std::string &request)
{
    pugi::xml_document document;
    (void)document.load_string(request.substr(request.find("\r\n\r\n") + 4).c_str());
    const auto call = document.child("methodCall");
    std::vector<std::string> arguments;
    for (const auto parameter : call.child("params").children("param")) {
        arguments.emplace_back(parameter.child("value").first_child().text().get());
    }
    const std::lock_guard lock(m_mutex);
    return perform(call.child_value("methodName"), arguments);
}

}
