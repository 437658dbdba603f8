import type { Storage } from '../../packages/server/dist/storage/index.js';

/** What storage-writer.mjs has been told is written, over all rounds, and how to find out whether that is so. */
export class ConfirmedWrites {
  readonly #accounts = new Set<string>();
  readonly #sessions = new Set<string>();
  readonly #grants = new Set<string>();
  readonly #chains = new Map<string, string[]>();
  readonly #counters = new Map<string, number>();
  count = 0;

  add(line: string): void {
    const [kind, name = '', value = ''] = line.split(' ');
    this.count++;
    if (kind === 'account') this.#accounts.add(name);
    else if (kind === 'session') this.#sessions.add(name);
    else if (kind === 'grant') this.#grants.add(name);
    else if (kind === 'rotated') this.#chains.set(name, [...(this.#chains.get(name) ?? []), value]);
    else if (kind === 'counted') this.#counters.set(name, Number(value));
    else throw new Error(`The writer said ${JSON.stringify(line)}.`);
  }

  /** Every way in which a database is not what was confirmed; empty when all is well. */
  async contradictions({ db }: Storage): Promise<string[]> {
    const accounts = hexes(await db.selectFrom('accounts').select('uid as bytes').execute());
    const addresses = hexes(await db.selectFrom('emails').select('uid as bytes').execute());
    const sessions = hexes(await db.selectFrom('sessions').select('tokenHash as bytes').execute());
    const grants = hexes(await db.selectFrom('accessTokens').select('tokenHash as bytes').execute());
    const refreshTokens = await db.selectFrom('refreshTokens').select(['uid', 'tokenHash']).execute();
    const limits = await db.selectFrom('limits').select(['key', 'count']).execute();
    return [
      ...missing('account', this.#accounts, accounts),
      ...missing('session', this.#sessions, sessions),
      ...missing('access token', this.#grants, grants),
      ...missing('address of an account', accounts, addresses),
      ...missing('account of an address', addresses, accounts),
      ...this.#chainFaults(refreshTokens),
      ...this.#counterFaults(new Map(limits.map(({ key, count }) => [key, count]))),
    ];
  }

  #chainFaults(rows: readonly { uid: Uint8Array; tokenHash: Uint8Array }[]): string[] {
    const kept = groupByChain(rows);
    return [...this.#chains].flatMap(([chain, confirmed]) => {
      const tokens = kept.get(chain) ?? [];
      if (tokens.length !== 1) return [`${tokens.length} refresh tokens in chain ${chain}`];
      // The last one confirmed, or one that was written but not confirmed any more; never one exchanged before.
      const outdated = confirmed.slice(0, -1).includes(tokens[0] ?? '');
      return outdated ? [`an exchanged refresh token in chain ${chain}`] : [];
    });
  }

  #counterFaults(kept: ReadonlyMap<string, number>): string[] {
    return [...this.#counters].flatMap(([key, confirmed]) => {
      const count = kept.get(key) ?? 0;
      // One more may have been written and not confirmed any more.
      return count === confirmed || count === confirmed + 1 ? [] : [`counter ${key}: ${count}, not ${confirmed}`];
    });
  }
}

function groupByChain(rows: readonly { uid: Uint8Array; tokenHash: Uint8Array }[]): Map<string, string[]> {
  const chains = new Map<string, string[]>();
  for (const { uid, tokenHash } of rows) {
    const chain = Buffer.from(uid).toString();
    chains.set(chain, [...(chains.get(chain) ?? []), Buffer.from(tokenHash).toString('hex')]);
  }
  return chains;
}

function hexes(rows: readonly { bytes: Uint8Array }[]): Set<string> {
  return new Set(rows.map(({ bytes }) => Buffer.from(bytes).toString('hex')));
}

function missing(what: string, expected: ReadonlySet<string>, kept: ReadonlySet<string>): string[] {
  return [...expected].filter((name) => !kept.has(name)).map((name) => `${what} missing: ${name}`);
}
