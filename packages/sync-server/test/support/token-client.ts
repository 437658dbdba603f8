import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type ClaimedAccount, DOMAIN, type Subject } from './subject.js';

/** The members of a token, or of a refusal. */
interface Members {
  readonly id: string;
  readonly key: string;
  readonly uid: number;
  readonly api_endpoint: string;
  readonly duration: number;
  readonly hashed_fxa_uid: string;
  readonly status: string;
  readonly errors: readonly { readonly location: string; readonly name: string; readonly description: string }[];
}

/** An answer of the token server. */
export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Members;
}

export interface TokenRequest extends Partial<ClaimedAccount> {
  readonly keyId?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** hex of the two bytes whose base64url is `qqo` */
export const STATE_A = 'aaaa';
export const STATE_B = 'bbbb';

/** `X-KeyID` of a time and a client state (hex). */
export function keyId(time: number, state = STATE_A): string {
  return `${time}-${Buffer.from(state, 'hex').toString('base64url')}`;
}

/** An account that nobody had before. */
export function newUid(): string {
  return randomBytes(16).toString('hex');
}

/** Asks for a token of Sync with an access token that stands for the account. */
export async function requestToken(subject: Subject, request: TokenRequest): Promise<TokenAnswer> {
  const { uid = newUid(), generation, scope, keyId: key = keyId(1234), headers = {}, path = '/1.0/sync/1.5' } = request;
  const token = subject.grant({
    uid,
    ...(generation !== undefined && { generation }),
    ...(scope !== undefined && { scope }),
  });
  const response = await fetch(subject.url + path, {
    headers: { authorization: `Bearer ${token}`, ...(key !== null && { 'x-keyid': key }), ...headers },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Members };
}

/** Status and code of a refusal. */
export function refusal({ status, body }: TokenAnswer): string {
  const [error] = body.errors;
  return `${status} ${body.status} ${error?.location} ${error?.description}`;
}

interface Claims extends Readonly<Record<string, unknown>> {
  readonly uid: number;
  readonly fxa_kid: string;
  readonly salt: string;
}

/** `fxa_kid` and the other claims inside the token. */
export function claimsOf({ body }: TokenAnswer): Claims {
  return JSON.parse(Buffer.from(body.id, 'base64url').subarray(0, -32).toString());
}

export interface UserColumns {
  readonly generation: number | bigint;
  readonly client_state: string;
  readonly created_at: number;
  readonly replaced_at: number | null;
  readonly nodeid: number;
  readonly keys_changed_at: number | null;
}

/** Writes a row into the table of users, as another program would. */
export async function putUser(subject: Subject, uid: string, columns: Partial<UserColumns>): Promise<number> {
  const { db } = subject.users;
  const row: UserColumns = {
    generation: 1234,
    client_state: STATE_A,
    created_at: 1,
    replaced_at: null,
    nodeid: (await nodes(subject))[0]?.id ?? 0,
    keys_changed_at: 1234,
    ...columns,
  };
  const { rows } = await sql<{ uid: number }>`
    insert into users (service, email, generation, client_state, created_at, replaced_at, nodeid, keys_changed_at)
    values ((select id from services where service = 'sync-1.5'), ${`${uid}@${DOMAIN}`}, ${BigInt(row.generation)},
      ${row.client_state}, ${row.created_at}, ${row.replaced_at}, ${row.nodeid}, ${row.keys_changed_at})
    returning uid`.execute(db);
  return rows[0]?.uid ?? 0;
}

export interface UserTexts {
  readonly uid: number;
  readonly generation: string;
  readonly client_state: string;
  readonly created_at: number;
  readonly replaced_at: number | null;
  readonly keys_changed_at: string | null;
  readonly nodeid: number;
}

/** The rows of an account, oldest first. */
export async function users(subject: Subject, uid: string): Promise<UserTexts[]> {
  const { rows } = await sql<UserTexts>`
    select uid, cast(generation as text) as generation, client_state, created_at, replaced_at,
      cast(keys_changed_at as text) as keys_changed_at, nodeid
    from users where email = ${`${uid}@${DOMAIN}`} order by uid`.execute(subject.users.db);
  return rows;
}

export interface NodeRow {
  readonly id: number;
  readonly node: string;
  readonly available: number;
  readonly current_load: number;
  readonly capacity: number;
  readonly downed: number;
  readonly backoff: number;
}

export async function nodes(subject: Subject): Promise<NodeRow[]> {
  return (await sql<NodeRow>`select * from nodes order by id`.execute(subject.users.db)).rows;
}

/** Replaces the nodes by others; the first is the server's own. */
export async function setNodes(subject: Subject, rows: readonly Partial<Omit<NodeRow, 'id'>>[]): Promise<NodeRow[]> {
  const { db } = subject.users;
  await sql`delete from nodes`.execute(db);
  for (const [index, row] of rows.entries()) {
    const node = row.node ?? (index === 0 ? subject.url : `https://node${index}.example.com`);
    const { available = 100, current_load = 0, capacity = 100, downed = 0, backoff = 0 } = row;
    await sql`insert into nodes (service, node, available, current_load, capacity, downed, backoff)
      values ((select id from services where service = 'sync-1.5'), ${node}, ${available}, ${current_load},
        ${capacity}, ${downed}, ${backoff})`.execute(db);
  }
  return nodes(subject);
}
