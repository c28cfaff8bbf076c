# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""Create what is missing, over the public REST APIs, with nothing but the standard library."""
import json
import os
import sys
import time
import urllib.error
import urllib.request

E = os.environ
KS, REGION, PASS = E['S_KS'], E['S_REGION'], E['S_PASS']


def call(method, url, body=None, token=None, ctype='application/json', ok=(200, 201, 202, 204), **hdr):
    data = body if isinstance(body, bytes) else (None if body is None else json.dumps(body).encode())
    req = urllib.request.Request(url, data=data, method=method)
    if data is not None:
        req.add_header('Content-Type', ctype)
    if token:
        req.add_header('X-Auth-Token', token)
    for k, v in hdr.items():
        req.add_header(k.replace('_', '-'), v)
    try:
        with urllib.request.urlopen(req, timeout=120) as r:
            raw = r.read()
            return r.status, dict(r.headers), (json.loads(raw) if raw[:1] in b'{[' and raw else raw)
    except urllib.error.HTTPError as e:
        raw = e.read()
        if e.code in ok:
            return e.code, dict(e.headers), raw
        sys.exit('%s %s -> %s %s' % (method, url, e.code, raw[:600]))


def login(user, project):
    _, h, b = call('POST', KS + '/auth/tokens', {'auth': {
        'identity': {'methods': ['password'], 'password': {'user': {
            'name': user, 'domain': {'name': 'Default'}, 'password': PASS}}},
        'scope': {'project': {'name': project, 'domain': {'name': 'Default'}}}}})
    return h['X-Subject-Token'], b['token']


def find(url, coll, name, token, key='name'):
    _, _, b = call('GET', url, token=token)
    return next((x for x in b[coll] if x[key] == name), None)


def ensure(url, coll, one, name, body, token):
    x = find(url, coll, name, token)
    return x or call('POST', url, {one: dict(body, name=name)}, token)[2][one]


def identity():
    t, _ = login('admin', 'admin')
    # Cinder lets go of a server's volume only for a service that says it is one (CVE-2023-2088)
    ensure(KS + '/roles', 'roles', 'role', 'service', {}, t)
    roles = {r['name']: r['id'] for r in call('GET', KS + '/roles', token=t)[2]['roles']}
    proj = {}
    for p in ('service', 'portulan', 'empty'):
        proj[p] = ensure(KS + '/projects', 'projects', 'project', p, {'domain_id': 'default'}, t)['id']
    for user, project, rs in (('svc', 'service', ('admin', 'service')), ('portulan', 'portulan', ('member', 'reader')),
                              ('admin', 'portulan', ('admin',))):
        u = ensure(KS + '/users', 'users', 'user', user,
                   {'domain_id': 'default', 'password': PASS, 'default_project_id': proj[project]}, t)['id']
        for r in rs:
            if r in roles:
                call('PUT', '%s/projects/%s/users/%s/roles/%s' % (KS, proj[project], u, roles[r]), token=t)
    have = {(e['service_id'], e['interface']) for e in call('GET', KS + '/endpoints', token=t)[2]['endpoints']}
    for line in E['S_ENDPOINTS'].split():
        typ, name, url = line.split('|')
        sid = ensure(KS + '/services', 'services', 'service', name, {'type': typ}, t)['id']
        for iface in ('public', 'internal', 'admin'):
            if (sid, iface) not in have:
                call('POST', KS + '/endpoints', {'endpoint': {
                    'service_id': sid, 'interface': iface, 'region_id': REGION, 'url': url}}, t)


def catalog(tok):
    return {s['type']: next(e['url'] for e in s['endpoints'] if e['interface'] == 'public')
            for s in tok['catalog'] if s['endpoints']}


def resources():
    t, tok = login('admin', 'portulan')
    cat = catalog(tok)
    if 'image' in cat:
        url = cat['image'] + '/v2/images'
        have = {i['name'] for i in call('GET', url + '?limit=1000', token=t)[2]['images']}
        for name, path, fmt in (('tiny-qcow2', E['S_QCOW2'], 'qcow2'), ('tiny-raw', E['S_RAW'], 'raw')):
            if name in have:
                continue
            img = call('POST', url, {'name': name, 'disk_format': fmt, 'container_format': 'bare',
                                     'visibility': 'public', 'min_disk': 1}, t)[2]
            with open(path, 'rb') as f:
                call('PUT', '%s/%s/file' % (url, img['id']), f.read(), t, 'application/octet-stream')
    if 'compute' in cat:
        have = {f['name'] for f in call('GET', cat['compute'] + '/flavors', token=t)[2]['flavors']}
        for i, (name, cpu, ram, disk) in enumerate((('m1.tiny', 1, 512, 1), ('m1.small', 1, 2048, 20),
                                                    ('m1.medium', 2, 4096, 40), ('m1.large', 4, 8192, 80))):
            if name not in have:
                call('POST', cat['compute'] + '/flavors', {'flavor': {
                    'id': str(i + 1), 'name': name, 'vcpus': cpu, 'ram': ram, 'disk': disk}}, t)
    if 'network' in cat:
        url = cat['network'] + '/v2.0'
        net = find(url + '/networks', 'networks', 'shared-net', t) or call('POST', url + '/networks', {
            'network': {'name': 'shared-net', 'shared': True}}, t)[2]['network']
        if not net['subnets']:
            call('POST', url + '/subnets', {'subnet': {'name': 'shared-subnet', 'network_id': net['id'],
                 'ip_version': 4, 'cidr': '10.77.0.0/16', 'enable_dhcp': False}}, t)
    if 'volumev3' in cat:
        url = cat['volumev3'] + '/types'
        if not find(url, 'volume_types', 'files', t):
            call('POST', url, {'volume_type': {'name': 'files', 'extra_specs': {'volume_backend_name': 'files'}}}, t)
        for _ in range(150):                     # the backend must have reported its capacity once
            if call('GET', cat['volumev3'] + '/scheduler-stats/get_pools', token=t)[2]['pools']:
                break
            time.sleep(0.2)
    if 'compute' in cat:
        n = int(E['S_HOSTS'])
        for _ in range(600):                     # every fake hypervisor seen by nova
            s = call('GET', cat['compute'] + '/os-hypervisors/statistics', token=t)[2]['hypervisor_statistics']
            if s['count'] >= n:
                break
            time.sleep(0.2)


{'identity': identity, 'resources': resources}[sys.argv[1]]()
