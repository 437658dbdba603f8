import { type AuthClient, accountKeys, destroySession, requestTokens } from '@foxden/auth-client';
import {
  type BrowserUser,
  createCodeChallenge,
  createKeysKeyPair,
  hexToBytes,
  openKeysJwe,
  SCOPE_OLDSYNC,
  SCOPE_PROFILE,
} from '@foxden/protocol';
import type { BrowserAccount } from '@foxden/webchannel';

/** A browser's account that does what a real one does with a server: it redeems codes and opens keys. */
export interface EmbeddedAccount extends BrowserAccount {
  user: BrowserUser | undefined;
}

interface Begun {
  readonly verifier: string;
  readonly privateKey: CryptoKey;
}

export function createEmbeddedAccount(client: AuthClient, clientId: string): EmbeddedAccount {
  const flows = new Map<string, Begun>();
  const account: EmbeddedAccount = {
    user: undefined,
    signedInUser: async () => account.user,
    async signIn({ email, uid, sessionToken, verified, keyFetchToken, unwrapBKey }) {
      // Before OAuth, the browser fetches the keys itself.
      if (keyFetchToken !== undefined && unwrapBKey !== undefined) {
        await accountKeys(client, { keyFetchToken, unwrapBKey: hexToBytes(unwrapBKey) });
      }
      account.user = { email, uid, sessionToken, verified };
    },
    async completeFlow({ code, state }) {
      const begun = flows.get(state);
      if (begun === undefined) throw new Error('INVALID_STATE');
      const request = { client_id: clientId, grant_type: 'authorization_code', code, code_verifier: begun.verifier };
      const { keys_jwe: keysJwe } = await requestTokens(client, request as Parameters<typeof requestTokens>[1]);
      flows.clear();
      const keys = keysJwe === undefined ? {} : await openKeysJwe(begun.privateKey, keysJwe);
      return { hasSyncKey: SCOPE_OLDSYNC in keys };
    },
    isFlowActive: async () => flows.size > 0,
    async beginFlow(scopes) {
      const state = crypto.randomUUID();
      const verifier = `${state}${state}`;
      const { keysJwk, privateKey } = await createKeysKeyPair();
      flows.set(state, { verifier, privateKey });
      return {
        client_id: clientId,
        response_type: 'code',
        access_type: 'offline',
        action: 'email',
        scope: scopes.join(' '),
        state,
        code_challenge: await createCodeChallenge(verifier),
        code_challenge_method: 'S256',
        keys_jwk: keysJwk,
      };
    },
    async changePassword({ sessionToken }) {
      if (account.user !== undefined) account.user = { ...account.user, sessionToken };
    },
    refreshProfile: async () => undefined,
    async disconnect() {
      if (account.user?.sessionToken) await destroySession(client, account.user.sessionToken);
      account.user = undefined;
    },
    async forget() {
      account.user = undefined;
    },
  };
  return account;
}

export const FLOW_SCOPES = [SCOPE_OLDSYNC, SCOPE_PROFILE];
