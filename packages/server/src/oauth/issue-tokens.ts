import type { oauthEndpoints, ResponseOf } from '@foxden/protocol';
import { SCOPE_OPENID } from '@foxden/protocol';
import type { Context } from '../context.js';
import { fromHex, toHex } from '../storage/hex.js';
import type { Bytes, Database, RefreshTokenRow } from '../storage/index.js';
import { type AccessGrant, type PreparedAccessToken, prepareAccessToken, presentAccessToken } from './access-token.js';
import { createIdToken } from './id-token.js';
import { scopeText } from './scope-text.js';
import { insertAccessToken } from './store/access-tokens.js';
import { insertRefreshToken } from './store/refresh-tokens.js';
import { hashToken } from './token-hash.js';

/** What a person gave a client: the tokens are made from it. */
export interface Grant extends AccessGrant {
  /** With a refresh token. */
  readonly offline: boolean;
  /** When the person proved who they are, milliseconds, and how. */
  readonly authAt: number;
  readonly amr: readonly string[];
  readonly aal: number;
  /** Of the authorization request; the ID token repeats it. */
  readonly nonce: string | null;
  /** The session that the client holds: the one of its request, or one that it gets along with these tokens. */
  readonly sessionTokenHash: Bytes | null;
}

/** The answer of both token endpoints. */
export type TokenAnswer = ResponseOf<typeof oauthEndpoints.token> & ResponseOf<typeof oauthEndpoints.oauthToken>;

/** Tokens that are drawn but not stored. */
export interface PreparedTokens {
  /** null without a refresh token. */
  readonly refreshTokenHash: Bytes | null;
  /** Stores them, inside the transaction that decides the grant. */
  insert(db: Database): Promise<void>;
  /** Signs what is to be signed, once they are stored. */
  answer(): Promise<TokenAnswer>;
}

/** Draws the tokens of a grant. Signing takes its time, so it comes after the transaction. */
export function prepareTokens(context: Context, grant: Grant): PreparedTokens {
  const refresh = grant.offline ? prepareRefreshToken(context, grant) : undefined;
  // Without a code, the refresh token itself names the grant, so that its access tokens can be revoked with it.
  const grantId = grant.grantId ?? refresh?.row.tokenHash ?? null;
  const access = prepareAccessToken(context, { ...grant, grantId });
  return {
    refreshTokenHash: refresh?.row.tokenHash ?? null,
    async insert(db) {
      if (refresh !== undefined) await insertRefreshToken(db, { ...refresh.row, grantId });
      if (access.isStored) await insertAccessToken(db, access.row);
    },
    async answer() {
      const answer = await accessTokenAnswer(context, grant, access);
      const hasOpenid = grant.scope.some((value) => value.text === SCOPE_OPENID);
      return {
        ...answer,
        auth_at: Math.floor(grant.authAt / 1000),
        ...(refresh !== undefined && { refresh_token: refresh.token }),
        ...(hasOpenid && { id_token: await createIdToken(context, grant, answer.access_token) }),
      };
    },
  };
}

/** The members of an answer that every grant has. */
export async function accessTokenAnswer(
  context: Context,
  grant: AccessGrant,
  access: PreparedAccessToken,
): Promise<TokenAnswer> {
  return {
    access_token: await presentAccessToken(context, grant, access),
    token_type: 'bearer',
    scope: access.row.scope,
    expires_in: access.expiresIn,
  };
}

function prepareRefreshToken(
  context: Context,
  grant: Grant,
): { readonly token: string; readonly row: Omit<RefreshTokenRow, 'grantId'> } {
  const now = context.clock.now();
  const token = toHex(context.random.bytes(32));
  return {
    token,
    row: {
      uid: fromHex(grant.uid),
      tokenHash: hashToken(token),
      clientId: grant.client.id,
      scope: scopeText(grant.scope),
      authAt: grant.authAt,
      amr: grant.amr.join(' '),
      aal: grant.aal,
      createdAt: now,
      lastUsedAt: now,
      sessionTokenHash: grant.sessionTokenHash,
    },
  };
}
