# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""All of nova in one process: api, conductor, scheduler and N fake computes over the fake:// RPC."""
import nova.monkey_patch  # noqa: F401  (must be first: eventlet patches the standard library)
import os
import sys

import eventlet
from oslo_log import log as logging
from oslo_service import wsgi as oslo_wsgi  # noqa: F401

import nova.conf
from nova import config, context, objects, service
from nova.objects import host_mapping
from nova.virt import fake

CONF = nova.conf.CONF
HOSTS = int(os.environ['OS_FAKE_HOSTS'])
DISK = os.environ['OS_SNAPSHOT_FILE']        # bytes that a "snapshot" of a fake server uploads

# Hypervisors of three sizes, so that capacity views show something: vcpus, MiB, GiB.
SIZES = [(32, 131072, 2000), (64, 262144, 4000), (128, 524288, 8000)]


def snapshot(self, ctxt, instance, image_id, update_task_state):
    """The in-tree fake only flips states and leaves the image empty. Upload real bytes instead."""
    from nova.compute import task_states
    from nova.image import glance
    update_task_state(task_state=task_states.IMAGE_UPLOADING)
    meta = {'disk_format': 'qcow2', 'container_format': 'bare', 'status': 'active', 'properties': {}}
    api = glance.API()
    with open(DISK, 'rb') as data:
        api.update(ctxt, image_id, meta, data)


fake.FakeDriver.snapshot = snapshot


def main():
    config.parse_args(sys.argv)
    logging.setup(CONF, 'nova')
    objects.register_all()
    import os_vif
    os_vif.initialize()
    ctxt = context.get_admin_context()

    services = [service.Service.create(binary='nova-conductor', topic='conductor'),
                service.Service.create(binary='nova-scheduler', topic='scheduler')]
    for svc in services:
        svc.start()
    for n in range(HOSTS):
        host = 'node%03d' % (n + 1)
        svc = service.Service.create(host=host, binary='nova-compute', topic='compute',
                                     periodic_fuzzy_delay=30)
        cpu, ram, disk = SIZES[n % len(SIZES)]
        drv = svc.manager.driver
        drv.vcpus, drv.memory_mb, drv.local_gb = cpu, ram, disk
        drv.resources = fake.Resources(vcpus=cpu, memory_mb=ram, local_gb=disk)
        # The fake hypervisor forgets its machines at exit: give back those the database knows.
        for inst in objects.InstanceList.get_by_host(ctxt, host, expected_attrs=['flavor']):
            drv.instances[inst.uuid] = fake.FakeInstance(inst.name, inst.power_state, inst.uuid)
            drv.resources.claim(vcpus=inst.vcpus, mem=inst.memory_mb, disk=inst.root_gb)
        svc.start()
        services.append(svc)
    host_mapping.discover_hosts(ctxt)
    api = service.WSGIService('osapi_compute')
    api.start()
    print('nova: %d fake computes, api on %s:%s' % (HOSTS, api.host, api.port), flush=True)
    while True:
        eventlet.sleep(3600)


main()
