import type { AuthClient, KeyAccess, RecoveredKey } from '@foxden/auth-client';
import type { Bytes, MfaAction } from '@foxden/protocol';

/** Keys that are known, or what buys them. */
type HeldKeys = { readonly kB: Bytes } | KeyAccess | ({ readonly kB: Bytes } & KeyAccess);

/** A sign-in that the server lets pass with a mailed code only. */
export interface BlockedSignIn {
  readonly email: string;
  readonly password: string;
}

/**
 * What the person has done since this document was loaded. It lives in memory only: kB and what opens it are never
 * stored, so a reload asks for the password again where keys are wanted.
 */
export interface Visit {
  /** The person has said that it is this account that they mean. */
  acknowledge(uid: string): void;
  isAcknowledged(uid: string): boolean;
  /** The person has proved the password of this account. */
  prove(uid: string, keys?: HeldKeys): void;
  isProved(uid: string): boolean;
  hasKeys(uid: string): boolean;
  /** What buys the keys, as long as it was not spent: for a browser that fetches them itself. */
  keyAccess(uid: string): KeyAccess | undefined;
  /**
   * kB of the account, 32 bytes; fetched on the first call, which needs a verified session.
   * @throws AuthClientError as `accountKeys`
   */
  openKeys(client: AuthClient, uid: string): Promise<Bytes>;
  /** The person has allowed what the application asks for. */
  allow(uid: string): void;
  isAllowed(uid: string): boolean;
  /** The sign-in to try again with a mailed code; undefined when there is none to wait for any more. */
  block(signIn: BlockedSignIn | undefined): void;
  blocked(): BlockedSignIn | undefined;
  /** The recovery key was entered, in a reset of the password. */
  recover(uid: string, key: RecoveredKey): void;
  recovered(uid: string): RecoveredKey | undefined;
  /** A token that allows one kind of change for some minutes, or that there is none any more. */
  permit(action: MfaAction, stepUpToken: string | undefined): void;
  permission(action: MfaAction): string | undefined;
  /** Where the person wants to be once signed in: a path of ours. */
  headFor(path: string): void;
  destination(): string | undefined;
  forget(): void;
}

export function createVisit(): Visit {
  const acknowledged = new Set<string>();
  const proved = new Set<string>();
  const allowed = new Set<string>();
  const keys = new Map<string, HeldKeys>();
  const recovered = new Map<string, RecoveredKey>();
  const permissions = new Map<MfaAction, string>();
  let blocked: BlockedSignIn | undefined;
  let destination: string | undefined;
  return {
    acknowledge: (uid) => acknowledged.add(uid),
    isAcknowledged: (uid) => acknowledged.has(uid),
    prove(uid, opened) {
      acknowledged.add(uid);
      proved.add(uid);
      if (opened !== undefined) keys.set(uid, opened);
    },
    isProved: (uid) => proved.has(uid),
    hasKeys: (uid) => keys.has(uid),
    keyAccess(uid) {
      const held = keys.get(uid);
      return held !== undefined && 'keyFetchToken' in held ? held : undefined;
    },
    async openKeys(client, uid) {
      const held = keys.get(uid);
      if (held === undefined) throw new Error('the password was not asked for');
      if ('kB' in held) return held.kB;
      const { accountKeys } = await import('./account-keys.js');
      const { kB } = await accountKeys(client, held);
      keys.set(uid, { kB });
      return kB;
    },
    allow: (uid) => allowed.add(uid),
    isAllowed: (uid) => allowed.has(uid),
    block(signIn) {
      blocked = signIn;
    },
    blocked: () => blocked,
    recover: (uid, key) => recovered.set(uid, key),
    recovered: (uid) => recovered.get(uid),
    permit(action, token) {
      if (token === undefined) permissions.delete(action);
      else permissions.set(action, token);
    },
    permission: (action) => permissions.get(action),
    headFor(path) {
      destination = path;
    },
    destination: () => destination,
    forget() {
      blocked = undefined;
      destination = undefined;
      for (const held of [acknowledged, proved, allowed, keys, recovered, permissions]) held.clear();
    },
  };
}
