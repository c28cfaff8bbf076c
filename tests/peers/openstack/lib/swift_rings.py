# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
import sys
from swift.common.ring import RingBuilder
folder, ip = sys.argv[1:3]
for spec in sys.argv[3:]:
    name, port = spec.split(':')
    b = RingBuilder(4, 1, 0)                      # 16 partitions, 1 replica, no wait between moves
    b.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': ip, 'port': int(port), 'device': 'd1', 'weight': 1.0,
               'replication_ip': ip, 'replication_port': int(port), 'meta': ''})
    b.rebalance()
    b.get_ring().save('%s/%s.ring.gz' % (folder, name))
