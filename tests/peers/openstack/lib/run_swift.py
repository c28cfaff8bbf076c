# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
import os
import sys
import traceback
from swift.common import utils
SWIFT_DIR = sys.argv[1]
utils.set_swift_dir(SWIFT_DIR)               # instead of /etc/swift, before anything reads swift.conf
from swift.common import constraints, storage_policy
utils.eventlet_monkey_patch()
constraints.reload_constraints()
storage_policy.reload_storage_policies()
import eventlet
from eventlet import wsgi
from swift.common.wsgi import get_socket, loadapp, SwiftHttpProtocol
from swift.container.updater import ContainerUpdater


class Quiet:
    def write(self, _):
        pass


def guarded(name):
    try:
        serve(name)
    except BaseException:                         # one server down: the whole process must end
        traceback.print_exc()
        os._exit(1)


def serve(name):
    path = os.path.join(SWIFT_DIR, name + '-server.conf')
    conf = utils.readconf(path, 'app:%s-server' % name, log_name=name)
    app = loadapp(path, global_conf={'log_name': name})
    sock = get_socket(conf)
    wsgi.server(sock, app, Quiet(), custom_pool=eventlet.GreenPool(256), protocol=SwiftHttpProtocol,
                socket_timeout=60, capitalize_response_headers=False, debug=False)


def updater():
    """Carries container totals into the account totals, every 2 s (a daemon of its own elsewhere)."""
    conf = utils.readconf(os.path.join(SWIFT_DIR, 'container-server.conf'), 'app:container-server')
    conf['recon_cache_path'] = os.path.join(os.path.dirname(conf['devices']), 'swift-recon')
    upd = ContainerUpdater(conf)
    while True:
        eventlet.sleep(2)
        try:
            for p in upd.get_paths():
                upd.container_sweep(p)
        except Exception as e:                    # noqa: BLE001  keep the loop alive
            print('updater:', e, flush=True)


threads = [eventlet.spawn(guarded, n) for n in ('account', 'container', 'object', 'proxy')]
eventlet.spawn(updater)
for t in threads:
    t.wait()
