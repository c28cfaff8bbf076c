# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""All of cinder in one process: api, scheduler and one volume backend over the fake:// RPC."""
import eventlet
eventlet.monkey_patch()
import __original_module_threading as orig_threading
import threading
orig_threading.current_thread.__globals__['_active'] = threading._active
import sys

from oslo_config import cfg
from oslo_log import log as logging

from cinder import i18n
i18n.enable_lazy()
from cinder.common import config, constants
from cinder import coordination, objects, rpc, service, utils, version

CONF = cfg.CONF


def report_state(self):
    """Cinder keeps the service's row id in a class attribute (one service a process): here there are two."""
    service.Service.service_id = self.origin_service_id
    return plain_report_state(self)


plain_report_state = service.Service.report_state
service.Service.report_state = report_state


def main():
    objects.register_all()
    CONF(sys.argv[1:], project='cinder', version=version.version_string())
    config.set_middleware_defaults()
    logging.setup(CONF, 'cinder')
    utils.monkey_patch()
    coordination.COORDINATOR.start()
    rpc.init(CONF)
    # the volume service first: the scheduler's start waits (60 s by default) for a capacity report
    vol = service.Service.create(host='%s@files' % CONF.host, service_name='files',
                                 binary=constants.VOLUME_BINARY)
    vol.start()
    sched = service.Service.create(binary=constants.SCHEDULER_BINARY)
    sched.start()
    api = service.WSGIService('osapi_volume')
    api.start()
    print('cinder: api on %s:%s' % (CONF.osapi_volume_listen, CONF.osapi_volume_listen_port), flush=True)
    while True:
        eventlet.sleep(3600)


main()
