# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
import neutron.cmd.eventlet  # noqa: F401  (patches the standard library)
import os
import signal
from neutron import server, service


def api_only():
    api = service.serve_wsgi(service.NeutronApiService)
    # its own graceful stop waits for kept-alive connections: leave at once (set last, or it is replaced)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    api.wait()


server.boot_server(api_only)
