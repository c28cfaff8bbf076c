// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/libvirt/eventloop.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <mutex>
#include <thread>

namespace portulan::site::libvirt {

void demandEventLoop()
{
    static std::once_flag once;
    std::call_once(once, [] {
        virSetErrorFunc(nullptr, [](void *, virErrorPtr) {}); // what goes wrong is a Problem, not a line on stderr
        if (virInitialize() == 0 && virEventRegisterDefaultImpl() == 0) {
            std::thread([] {
                while (virEventRunDefaultImpl() == 0) { }
            }).detach();
        }
    });
}

}
