import { randomBytes, randomUUID } from 'node:crypto';
import type { Schema } from '../../src/storage/index.js';

type Nullable<Row> = { [C in keyof Row]: null extends Row[C] ? C : never }[keyof Row];

/** The columns that may be null. Complete by type: a column missing here, or one too many, does not compile. */
export const NULLABLE: { readonly [T in keyof Schema]: Readonly<Record<Nullable<Schema[T]>, true>> } = {
  accounts: {
    wrapWrapKbVersion2: true,
    clientSalt: true,
    verifyHashVersion2: true,
    metricsOptOutAt: true,
    lockedAt: true,
    disabledAt: true,
    locale: true,
  },
  emails: { verifiedAt: true },
  sessions: {
    tokenVerificationId: true,
    verificationMethod: true,
    verifiedAt: true,
    uaBrowser: true,
    uaBrowserVersion: true,
    uaOS: true,
    uaOSVersion: true,
    uaDeviceType: true,
    uaFormFactor: true,
  },
  keyFetchTokens: { tokenVerificationId: true },
  passwordChangeTokens: {},
  securityEvents: {},
  oauthClients: { hashedSecret: true, hashedSecretPrevious: true, imageUri: true },
  oauthScopes: {},
  oauthCodes: { sessionTokenHash: true, codeChallenge: true, keysJwe: true, nonce: true, redeemedAt: true },
  accessTokens: { grantId: true },
  refreshTokens: { grantId: true },
  signingKeys: { retiredUntil: true },
  outbox: { nextAttemptAt: true, sentAt: true, lastError: true },
  limits: {},
};

/** Different at every call, as large as a time may be, and odd where an engine might stumble. */
const bytes = (): Uint8Array => Uint8Array.from([0, 255, ...randomBytes(30), 0]);
const text = (): string => `Ærøskøbing \u{1F98A} 'quoted' "twice" \\ % _ \n ${randomUUID()}`;
const time = (): number => Number.MAX_SAFE_INTEGER - Math.floor(Math.random() * 1e6);
const integer = (): number => Math.floor(Math.random() * 2 ** 31);

/** A row for every table, with a value in every column. */
export function fullRows(): { [T in keyof Schema]: Schema[T] } {
  return {
    accounts: {
      uid: bytes(),
      email: text(),
      normalizedEmail: text(),
      kA: bytes(),
      wrapWrapKb: bytes(),
      wrapWrapKbVersion2: bytes(),
      authSalt: bytes(),
      clientSalt: text(),
      verifyHash: bytes(),
      verifyHashVersion2: bytes(),
      verifierVersion: integer(),
      verifierSetAt: time(),
      keysChangedAt: time(),
      profileChangedAt: time(),
      metricsOptOutAt: time(),
      lockedAt: time(),
      disabledAt: time(),
      locale: text(),
      createdAt: time(),
    },
    emails: {
      uid: bytes(),
      email: text(),
      normalizedEmail: text(),
      isPrimary: 1,
      isVerified: 0,
      emailCode: bytes(),
      verifiedAt: time(),
      createdAt: time(),
    },
    sessions: {
      uid: bytes(),
      tokenHash: bytes(),
      reqHMACkey: bytes(),
      createdAt: time(),
      authAt: time(),
      lastAccessTime: time(),
      tokenVerificationId: bytes(),
      mustVerify: 1,
      verificationMethod: integer(),
      verifiedAt: time(),
      uaBrowser: text(),
      uaBrowserVersion: text(),
      uaOS: text(),
      uaOSVersion: text(),
      uaDeviceType: text(),
      uaFormFactor: text(),
    },
    keyFetchTokens: {
      uid: bytes(),
      tokenHash: bytes(),
      reqHMACkey: bytes(),
      keyBundle: bytes(),
      tokenVerificationId: bytes(),
      createdAt: time(),
    },
    passwordChangeTokens: { uid: bytes(), tokenHash: bytes(), reqHMACkey: bytes(), createdAt: time() },
    securityEvents: { uid: bytes(), id: bytes(), name: text(), ipHash: bytes(), verified: 1, createdAt: time() },
    oauthClients: {
      id: text(),
      name: text(),
      hashedSecret: bytes(),
      hashedSecretPrevious: bytes(),
      imageUri: text(),
      redirectUris: text(),
      trusted: 1,
      canGrant: 0,
      publicClient: 1,
      allowedScopes: text(),
      origin: 'operator',
      createdAt: time(),
    },
    oauthScopes: { scope: text(), hasScopedKeys: 1 },
    oauthCodes: {
      uid: bytes(),
      codeHash: bytes(),
      clientId: text(),
      sessionTokenHash: bytes(),
      scope: text(),
      authAt: time(),
      amr: text(),
      aal: integer(),
      offline: 1,
      codeChallenge: text(),
      keysJwe: text(),
      redirectUri: text(),
      nonce: text(),
      createdAt: time(),
      redeemedAt: time(),
    },
    accessTokens: {
      uid: bytes(),
      tokenHash: bytes(),
      clientId: text(),
      scope: text(),
      createdAt: time(),
      expiresAt: time(),
      grantId: bytes(),
    },
    refreshTokens: {
      uid: bytes(),
      tokenHash: bytes(),
      clientId: text(),
      scope: text(),
      authAt: time(),
      amr: text(),
      aal: integer(),
      createdAt: time(),
      lastUsedAt: time(),
      grantId: bytes(),
    },
    signingKeys: {
      kid: text(),
      publicJwk: text(),
      sealedPrivateKey: bytes(),
      createdAt: time(),
      activeFrom: time(),
      retiredUntil: time(),
    },
    outbox: {
      id: bytes(),
      recipient: text(),
      cc: text(),
      headers: text(),
      subject: text(),
      text: text(),
      html: text(),
      createdAt: time(),
      attempts: integer(),
      nextAttemptAt: time(),
      sentAt: time(),
      lastError: text(),
    },
    limits: { key: text(), count: integer(), windowEndsAt: time(), blockedUntil: time() },
  };
}

/** A row of `limits`, the smallest table with a key of text, for tests that are not about a table. */
export function limit(key: string, count = 0): Schema['limits'] {
  return { key, count, windowEndsAt: 0, blockedUntil: 0 };
}

/** A row of `passwordChangeTokens`, the smallest table with two keys of bytes. */
export function token(values: Partial<Schema['passwordChangeTokens']> = {}): Schema['passwordChangeTokens'] {
  return { uid: bytes(), tokenHash: bytes(), reqHMACkey: bytes(), createdAt: 0, ...values };
}
