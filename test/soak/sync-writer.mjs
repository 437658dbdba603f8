// Starts a Sync server on a database and uploads batches to it over HTTP, until it is killed. Every batch has the same
// records, with the number of the batch in each. Prints a line for every commit that was answered with 200:
//   node sync-writer.mjs <database URL> <first number>
//   committed <uid> <number> <modified>
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { makeHawkHeader } from '@foxden/protocol';
import { createSyncServer } from '@foxden/sync-server';

const RECORDS = 120;
const POST = 40;
const SECRET = 'a master secret for tests';

const [databaseUrl, first] = process.argv.slice(2);
const nothing = () => undefined;
const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}`;
const sync = await createSyncServer({
  databaseUrl,
  publicUrl: url,
  masterSecret: SECRET,
  verifier: { verify: async () => undefined },
  emailDomain: 'example.com',
  clock: { now: () => Date.now() },
  random: { bytes: (length) => randomBytes(length) },
  log: { info: nothing, warn: nothing, error: nothing },
  version: '0',
});
server.on('request', (request, response) => sync.handle(request, response));

const urlsafe = (bytes) => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');

function tokenOf(uid) {
  const payload = Buffer.from(JSON.stringify({ uid, expires: Date.now() / 1000 + 3600, salt: 'aaaaaa' }));
  const signingKey = Buffer.from(hkdfSync('sha256', SECRET, '', 'services.mozilla.com/tokenlib/v1/signing', 32));
  const id = urlsafe(Buffer.concat([payload, createHmac('sha256', signingKey).update(payload).digest()]));
  const key = hkdfSync('sha256', SECRET, 'aaaaaa', `services.mozilla.com/tokenlib/v1/derive/${id}`, 32);
  return { id, key: Buffer.from(urlsafe(Buffer.from(key)), 'ascii') };
}

async function post(uid, token, query, records) {
  const target = `${url}/1.5/${uid}/storage/bookmarks?${query}`;
  const ts = Math.floor(Date.now() / 1000);
  const authorization = await makeHawkHeader({ ...token, ts, nonce: 'n', method: 'POST', url: target });
  const headers = { authorization, 'content-type': 'application/json' };
  const response = await fetch(target, { method: 'POST', headers, body: JSON.stringify(records) });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${query}: ${response.status} ${answer}`);
  return answer;
}

async function work(uid) {
  const token = tokenOf(uid);
  for (let number = Number(first); ; number++) {
    const records = Array.from({ length: RECORDS }, (_, id) => ({ id: `${id}`, payload: `${number}` }));
    const { batch } = JSON.parse(await post(uid, token, 'batch=true', records.slice(0, POST)));
    const id = encodeURIComponent(batch);
    await post(uid, token, `batch=${id}`, records.slice(POST, 2 * POST));
    const answer = await post(uid, token, `batch=${id}&commit=true`, records.slice(2 * POST));
    writeSync(1, `committed ${uid} ${number} ${/"modified":([\d.]+)/.exec(answer)[1]}\n`);
  }
}

// Two of them share a file.
await Promise.all([1, 2, 9].map(work));
