// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A stranger's client, written from proto/ alone: connects with a certificate, watches, orders, and is refused what its role forbids.
// node client.mjs PROTO_DIR DIR SITE ENDPOINT: DIR holds authority.pem, users/NAME.pem and users/NAME.key
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';

const [protoDir, dir, site, endpoint] = process.argv.slice(2);
const require = createRequire(join(process.cwd(), 'node_modules', '_'));
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const portulan = grpc.loadPackageDefinition(
  loader.loadSync('gateway.proto', { includeDirs: [protoDir], keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true })).portulan.v1;

function clientOf(user) {
  const file = (suffix) => readFileSync(join(dir, 'users', `${user}${suffix}`));
  const credentials = grpc.credentials.createSsl(readFileSync(join(dir, 'authority.pem')), file('.key'), file('.pem'));
  return new portulan.Gateway(endpoint, credentials, { 'grpc.ssl_target_name_override': `${site}.site.portulan`, 'grpc.default_authority': `${site}.site.portulan` });
}

const call = (client, method, request) => new Promise((resolve, reject) => {
  client[method](request, { deadline: Date.now() + 20000 }, (error, answer) => (error ? reject(error) : resolve(answer)));
});

function problemOf(error) {
  const [packed] = error.metadata.get('grpc-status-details-bin');
  assert.ok(packed, `no details in: ${error.message}`);
  return packed.toString('latin1'); // google.rpc.Status with a portulan.v1.Problem inside; its reason is an ASCII word
}

/** Watches until `wanted(objects)` is truthy; objects is a Map of resource name → thing. */
function watchUntil(client, wanted) {
  return new Promise((resolve, reject) => {
    const stream = client.Watch({ page_size: 100 }, { deadline: Date.now() + 60000 });
    const objects = new Map();
    let snapshotDone = false;
    let last = 0;
    stream.on('data', (message) => {
      for (const change of message.changes) {
        if (message.phase === 'CHANGES') {
          assert.ok(change.revision > last, `revision ${change.revision} after ${last}`);
          last = change.revision;
        }
        if (change.thing === 'vanished') objects.delete(change.vanished);
        else if (change.thing !== 'sampled') objects.set(change[change.thing].name || change[change.thing].common.name, change);
      }
      snapshotDone ||= message.phase === 'SNAPSHOT_END';
      if (snapshotDone && wanted(objects)) {
        stream.cancel();
        resolve(objects);
      }
    });
    stream.on('error', (error) => { if (error.code !== grpc.status.CANCELLED) reject(error); });
  });
}

const volume = (id, requestId = randomUUID()) => ({
  header: { request_id: requestId }, volume_id: id, display_name: 'Données 🗺', project: 'open-data', size_bytes: 1 << 20, classification: 'open',
});

const demo = clientOf('demo');
const me = await call(demo, 'WhoAmI', {});
assert.equal(me.identity, 'user/demo');
const self = await call(demo, 'GetSite', { name: `sites/${site}` });
assert.equal(self.name, `sites/${site}`);

const before = await watchUntil(demo, (objects) => objects.has(`sites/${site}`));
const id = `node-${Date.now().toString(36)}`;
const requestId = randomUUID();
const operation = await call(demo, 'CreateVolume', volume(id, requestId));
assert.match(operation.name, new RegExp(`^sites/${site}/operations/`));
const again = await call(demo, 'CreateVolume', volume(id, requestId));
assert.equal(again.name, operation.name, 'a retry with the same request id acts once');
const name = `sites/${site}/volumes/${id}`;
const after = await watchUntil(demo, (objects) => objects.has(name) && objects.get(operation.name)?.operation.state === 'done');
assert.equal(after.get(name).volume.common.display_name, 'Données 🗺');
assert.ok(!before.has(name));
await assert.rejects(call(demo, 'CreateVolume', volume(id)), (error) => error.code === grpc.status.ALREADY_EXISTS);

const viewer = clientOf('viewer');
await watchUntil(viewer, (objects) => objects.has(name));
await assert.rejects(call(viewer, 'DeleteVolume', { header: { request_id: randomUUID() }, name }), (error) => {
  assert.equal(error.code, grpc.status.PERMISSION_DENIED);
  assert.match(problemOf(error), /NOT_AUTHORISED/);
  return true;
});
await assert.rejects(call(demo, 'DeleteVolume', { header: { request_id: 'not a uuid' }, name }), (error) => error.code === grpc.status.INVALID_ARGUMENT);

const removal = await call(demo, 'DeleteVolume', { header: { request_id: randomUUID() }, name });
await watchUntil(demo, (objects) => !objects.has(name) && objects.get(removal.name)?.operation.state === 'done');
const trail = await call(demo, 'ListAuditEntries', { page_size: 50, newest_first: true });
assert.ok(trail.entries.some((entry) => entry.actor === 'user/viewer' && entry.outcome === 'refused' && entry.action === 'volume.delete'));
console.log('connected, watched, ordered, and was refused what the role forbids');
process.exit(0);
