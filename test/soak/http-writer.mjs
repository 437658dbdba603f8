// Starts a server on a data folder and writes to it over HTTP, until it is killed and the server with it. Prints a line
// for every write that was answered with 200:
//   node http-writer.mjs <database URL> <data folder> <round>
//   account <email> <authPW> <sessionToken>
//   destroyed <sessionToken>
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { bearerCredential, deriveToken, hexToBytes } from '@foxden/protocol';
import { createServer } from '../../packages/server/dist/index.js';

const [databaseUrl, dataDir, round] = process.argv.slice(2);
const server = await createServer(
  {
    databaseUrl,
    dataDir,
    listen: { host: '127.0.0.1', port: 0 },
    mailboxListen: null,
    rateLimits: false,
    logLevel: 'silent',
  },
  { write: () => {} },
);
const url = await server.listen();
const acknowledge = (...words) => writeSync(1, `${words.join(' ')}\n`);
const hex = (length) => randomBytes(length).toString('hex');

async function post(path, body, sessionToken) {
  const headers = { 'content-type': 'application/json' };
  if (sessionToken !== undefined) {
    const { tokenId } = await deriveToken('sessionToken', hexToBytes(sessionToken));
    headers.authorization = bearerCredential('sessionToken', tokenId);
  }
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer;
}

async function work(worker) {
  for (let turn = 0; ; turn++) {
    const email = `${round}-${worker}-${turn}@example.com`;
    const authPW = hex(32);
    const { sessionToken } = await post('/v1/account/create', { email, authPW, verificationMethod: 'email-otp' });
    acknowledge('account', email, authPW, sessionToken);
    const second = await post('/v1/account/login', { email, authPW });
    await post('/v1/session/destroy', {}, second.sessionToken);
    acknowledge('destroyed', second.sessionToken);
  }
}

await Promise.all([1, 2, 3].map(work));
