import { SCOPE_OLDSYNC } from '@foxden/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Random, TokenVerifier, VerifiedToken } from '../surroundings.js';
import { makeToken, metricsHashes, type TokenKeys } from '../tokens/index.js';
import {
  parseKeyId,
  requireSameClientState,
  resolveUser,
  TokenError,
  toGeneration,
  type UsersContext,
} from '../users/index.js';

/** What the token server works with. */
export interface TokenServerContext extends UsersContext {
  readonly verifier: TokenVerifier;
  readonly random: Random;
  readonly keys: TokenKeys;
  readonly metricsSecret: string;
  /** Seconds; the default and the longest. */
  readonly tokenDuration: number;
}

const SALT_BYTES = 3;

/**
 * Exchanges an access token for a token of the storage (sync §2): `GET /1.0/sync/1.5`.
 * @throws TokenError, AccountsUnavailable
 */
export async function issueToken(
  context: TokenServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<object> {
  const account = await verifiedAccount(context, request.headers.authorization);
  const keyId = parseKeyId(headerText(request, 'x-keyid'));
  requireSameClientState(headerText(request, 'x-client-state'), keyId);
  requireSync(request);
  const user = await resolveUser(context, account.uid, { ...keyId, generation: toGeneration(account.generation) });
  const now = Math.floor(context.clock.now() / 1000);
  const duration = durationOf(request, context.tokenDuration);
  const hashes = metricsHashes(context.metricsSecret, account.uid);
  const { id, key } = makeToken(context.keys, {
    node: user.nodeUrl,
    fxa_kid: user.keyId,
    fxa_uid: account.uid,
    hashed_device_id: hashes.deviceId,
    hashed_fxa_uid: hashes.fxaUid,
    expires: now + duration,
    uid: user.uid,
    // Storages of other makes know two values and refuse a third.
    tokenserver_origin: 'rust',
    salt: Buffer.from(context.random.bytes(SALT_BYTES)).toString('hex'),
  });
  reply.header('x-content-type-options', 'nosniff');
  return {
    id,
    key,
    uid: user.uid,
    api_endpoint: `${user.nodeUrl}/1.5/${user.uid}`,
    duration,
    hashalg: 'sha256',
    hashed_fxa_uid: hashes.fxaUid,
    node_type: context.tables.users.engine,
  };
}

/** @throws TokenError, AccountsUnavailable */
async function verifiedAccount(
  { verifier }: TokenServerContext,
  authorization: string | undefined,
): Promise<VerifiedToken> {
  const [, scheme, token] = /^([^ ]+) (.*)$/.exec(authorization ?? '') ?? [];
  if (scheme === undefined || token === undefined) throw new TokenError('NO_AUTHORIZATION');
  if (scheme.toLowerCase() !== 'bearer') throw new TokenError('UNSUPPORTED_SCHEME');
  const account = await verifier.verify(token);
  if (account === undefined || !account.scopes.includes(SCOPE_OLDSYNC)) throw new TokenError('INVALID_CREDENTIALS');
  return account;
}

function headerText(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** @throws TokenError for another application or version than ours */
function requireSync(request: FastifyRequest): void {
  const { application, version } = request.params as { application: string; version: string };
  if (application !== 'sync') throw new TokenError('UNKNOWN_APPLICATION');
  if (version !== '1.5') throw new TokenError('UNKNOWN_VERSION', version);
}

/** A shorter life may be asked for, in seconds; what is no such number is not looked at. */
function durationOf(request: FastifyRequest, longest: number): number {
  const text = new URLSearchParams(request.url.split('?')[1] ?? '').get('duration') ?? '';
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : longest;
  return seconds <= longest ? seconds : longest;
}
