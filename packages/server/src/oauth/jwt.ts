import { type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

export type Claims = Readonly<Record<string, unknown>>;

/** A compact JWS taken apart; nothing of it is proven yet. */
export interface ParsedJwt {
  readonly header: Claims;
  readonly claims: Claims;
  readonly signedPart: string;
  readonly signature: Uint8Array;
}

const signOffLoop = promisify<string, Buffer, KeyObject, Buffer>(sign);

/** Signs claims with RS256 (RFC 7515, RFC 7518 §3.3) on a thread of the pool, so that other requests go on meanwhile. */
export async function signJwt(header: Claims, claims: Claims, privateKey: KeyObject): Promise<string> {
  const signedPart = `${encode({ alg: 'RS256', ...header })}.${encode(claims)}`;
  const signature = await signOffLoop('sha256', Buffer.from(signedPart), privateKey);
  return `${signedPart}.${signature.toString('base64url')}`;
}

/** Takes a JWT apart; undefined when it is none. Never throws. */
export function parseJwt(text: string): ParsedJwt | undefined {
  const [, header, claims, signature] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(text) ?? [];
  if (header === undefined || claims === undefined || signature === undefined) return undefined;
  const decodedHeader = decode(header);
  const decodedClaims = decode(claims);
  if (decodedHeader === undefined || decodedClaims === undefined) return undefined;
  return {
    header: decodedHeader,
    claims: decodedClaims,
    signedPart: `${header}.${claims}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** Whether a key made the RS256 signature of a JWT. No other algorithm is ever accepted (RFC 8725 §3.1). */
export function hasValidSignature(jwt: ParsedJwt, publicKey: KeyObject): boolean {
  return jwt.header['alg'] === 'RS256' && verify('sha256', Buffer.from(jwt.signedPart), publicKey, jwt.signature);
}

function encode(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}
