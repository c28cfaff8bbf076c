# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""openstack-fake-servers.py DIR COUNT [PREFIX] -- copy one existing server of DIR's nova COUNT times, in SQL.

Creating servers through the API costs about one CPU second each (scheduler, placement, compute). A list
benchmark needs rows, not boots: this copies the rows of the oldest ACTIVE server (nova's cell1 and API
databases) under new ids and names PREFIX-00001.., spread over the hosts. The API lists, shows and deletes
them like any other. Placement gets no allocations for them. Services may stay up.
"""
import sqlite3
import sys
import uuid

base, count = sys.argv[1], int(sys.argv[2])
prefix = sys.argv[3] if len(sys.argv) > 3 else 'bench'
cell = sqlite3.connect(base + '/db/nova_cell1.sqlite', timeout=60)
api = sqlite3.connect(base + '/db/nova_api.sqlite', timeout=60)
cell.row_factory = api.row_factory = sqlite3.Row


def rows(db, sql, *args):
    return [dict(r) for r in db.execute(sql, args)]


def put(db, table, row):
    row.pop('id', None)
    cols = ','.join('"%s"' % c for c in row)
    db.execute('INSERT INTO %s (%s) VALUES (%s)' % (table, cols, ','.join('?' * len(row))), list(row.values()))


src = rows(cell, "SELECT * FROM instances WHERE deleted=0 AND vm_state='active' ORDER BY id LIMIT 1")
if not src:
    sys.exit('no ACTIVE server to copy: create one first')
src = src[0]
old = src['uuid']
hosts = rows(cell, "SELECT host, hypervisor_hostname AS node FROM compute_nodes WHERE deleted=0 ORDER BY id")
side = {t: rows(cell, 'SELECT * FROM %s WHERE instance_uuid=? AND deleted=0' % t, old)
        for t in ('instance_extra', 'instance_info_caches', 'instance_system_metadata', 'instance_metadata',
                  'block_device_mapping')}
mapping = rows(api, 'SELECT * FROM instance_mappings WHERE instance_uuid=?', old)[0]
for n in range(1, count + 1):
    new = str(uuid.uuid4())
    h = hosts[n % len(hosts)]
    put(cell, 'instances', dict(src, uuid=new, display_name='%s-%05d' % (prefix, n), hostname='%s-%05d' % (prefix, n),
                                host=h['host'], node=h['node'], launched_on=h['host']))
    for table, rs in side.items():
        for r in rs:
            r = dict(r, instance_uuid=new)
            if 'uuid' in r:
                r['uuid'] = str(uuid.uuid4())
            put(cell, table, r)
    put(api, 'instance_mappings', dict(mapping, instance_uuid=new))
    if n % 100 == 0:                     # short transactions: nova's heartbeats write to the same file
        cell.commit()
        api.commit()
cell.commit()
api.commit()
print('%d servers added, %d in all' % (count, rows(cell, 'SELECT count(*) AS n FROM instances WHERE deleted=0')[0]['n']))
