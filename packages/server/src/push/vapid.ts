import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { deriveKey } from '../tokens/index.js';

/** Half of what RFC 8292 §2 allows, in seconds: clocks differ. */
const LIFETIME = 12 * 3600;
/** The order of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Gives the Authorization header of a message to an endpoint at a time (milliseconds): RFC 8292 §3. */
export type Vapid = (endpoint: string, now: number) => string;

/**
 * Signs messages for push services as those of this server (RFC 8292). The key is derived from the server secret, so it
 * is the same in every process and after every restart.
 * @param subject an address under which the operator can be found
 */
export function createVapid(secret: Uint8Array, subject: string): Vapid {
  const { privateKey, publicKey } = keyPair(secret);
  const header = encode({ typ: 'JWT', alg: 'ES256' });
  return (endpoint, now) => {
    const claims = { aud: new URL(endpoint).origin, exp: Math.floor(now / 1000) + LIFETIME, sub: subject };
    const signed = `${header}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `vapid t=${signed}.${signature.toString('base64url')}, k=${publicKey}`;
  };
}

function keyPair(secret: Uint8Array): { readonly privateKey: KeyObject; readonly publicKey: string } {
  const derived = BigInt(`0x${Buffer.from(deriveKey(secret, 'foxden/push/vapid')).toString('hex')}`);
  const d = Buffer.from(((derived % (ORDER - 1n)) + 1n).toString(16).padStart(64, '0'), 'hex');
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(d);
  const point = pair.getPublicKey();
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: d.toString('base64url'),
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  return { privateKey: createPrivateKey({ key: jwk, format: 'jwk' }), publicKey: point.toString('base64url') };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
