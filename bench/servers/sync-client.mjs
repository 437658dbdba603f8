// A client of Sync, whose requests are signed once: the server remembers no nonce, so that they may be sent again.
import { createHmac, hkdfSync } from 'node:crypto';
import { makeHawkHeader } from '@foxden/protocol';

const TOKENLIB = 'services.mozilla.com/tokenlib/v1';

function urlsafe(bytes) {
  return Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** @returns how to sign a request of a user: (method, path below the endpoint) → url and headers */
export function syncClient(url, masterSecret, uid) {
  const salt = 'a1b2c3';
  const payload = Buffer.from(JSON.stringify({ uid, expires: Math.floor(Date.now() / 1000) + 36_000, salt }));
  const signature = createHmac('sha256', Buffer.from(hkdfSync('sha256', masterSecret, '', `${TOKENLIB}/signing`, 32)));
  const id = urlsafe(Buffer.concat([payload, signature.update(payload).digest()]));
  const key = Buffer.from(urlsafe(hkdfSync('sha256', masterSecret, salt, `${TOKENLIB}/derive/${id}`, 32)), 'ascii');
  return async (method, path) => {
    const target = `${url}/1.5/${uid}${path}`;
    const authorization = await makeHawkHeader({ id, key, ts: 1, nonce: 'n', method, url: target });
    return { url: target, method, headers: { authorization, 'content-type': 'application/json' } };
  };
}

/** Records as large as an encrypted bookmark is. */
export function records(count, first = 0) {
  return Array.from({ length: count }, (_, index) => ({
    id: `record-${String(first + index).padStart(5, '0')}`,
    payload: JSON.stringify({ ciphertext: 'c'.repeat(344), IV: 'i'.repeat(24), hmac: 'a'.repeat(64) }),
    sortindex: index,
  }));
}

/** Sends a signed request; it must succeed. */
export async function send(request, body) {
  const response = await fetch(request.url, { ...request, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${request.url}: ${response.status} ${text}`);
  return JSON.parse(text);
}
