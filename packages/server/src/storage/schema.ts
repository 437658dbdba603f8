/**
 * The tables, as TypeScript sees them. One schema for both engines: integers for booleans (0, 1), milliseconds since the
 * epoch for times, bytes for hashes and keys. Tables of user data begin their key with `uid`, so that they can be
 * distributed by account; what is looked up by a token has a second, unique index on its hash.
 *
 * A token is never stored: `tokenHash` is SHA-256 of what the client presents (the tokenId of a session, the decoded
 * bytes of an OAuth token), so a copy of the database signs nobody in.
 */
export interface Schema {
  readonly accounts: AccountRow;
  readonly emails: EmailRow;
  readonly emailReservations: EmailReservationRow;
  readonly unblockCodes: UnblockCodeRow;
  readonly sessions: SessionRow;
  readonly keyFetchTokens: KeyFetchTokenRow;
  readonly passwordChangeTokens: PasswordChangeTokenRow;
  readonly passwordForgotTokens: PasswordForgotTokenRow;
  readonly passwordForgotOtps: PasswordForgotOtpRow;
  readonly accountResetTokens: AccountResetTokenRow;
  readonly recoveryKeys: RecoveryKeyRow;
  readonly securityEvents: SecurityEventRow;
  readonly oauthClients: OAuthClientRow;
  readonly oauthScopes: OAuthScopeRow;
  readonly oauthCodes: OAuthCodeRow;
  readonly accessTokens: AccessTokenRow;
  readonly refreshTokens: RefreshTokenRow;
  readonly totpTokens: TotpTokenRow;
  readonly pendingTotpSecrets: PendingTotpSecretRow;
  readonly backupCodes: BackupCodeRow;
  readonly stepUpCodes: StepUpCodeRow;
  readonly devices: DeviceRow;
  readonly commands: CommandRow;
  readonly pushMessages: PushMessageRow;
  readonly profiles: ProfileRow;
  readonly avatars: AvatarRow;
  readonly authorizations: AuthorizationRow;
  readonly revokedScopes: RevokedScopeRow;
  readonly exchangedTokens: ExchangedTokenRow;
  readonly signingKeys: SigningKeyRow;
  readonly outbox: OutboxRow;
  readonly bounces: BounceRow;
  readonly reminders: ReminderRow;
  readonly notifications: NotificationRow;
  readonly limits: LimitRow;
}

/** Bytes as the engines give them: a Buffer or a plain Uint8Array, never to be compared with `===`. */
export type Bytes = Uint8Array;

/** Key (uid). */
export interface AccountRow {
  uid: Bytes;
  /** The address as typed at sign-up: the salt of version 1 credentials. Never changes. */
  email: string;
  normalizedEmail: string;
  kA: Bytes;
  wrapWrapKb: Bytes;
  wrapWrapKbVersion2: Bytes | null;
  authSalt: Bytes;
  clientSalt: string | null;
  verifyHash: Bytes;
  verifyHashVersion2: Bytes | null;
  /** Which server-side hash made the two verify hashes: 1 scrypt (imported accounts), 2 argon2id. */
  verifierVersion: number;
  /** 0 when the account has no password. */
  verifierSetAt: number;
  keysChangedAt: number;
  profileChangedAt: number;
  metricsOptOutAt: number | null;
  lockedAt: number | null;
  disabledAt: number | null;
  locale: string | null;
  createdAt: number;
}

/** Key (uid, normalizedEmail). Unique (normalizedEmail). */
export interface EmailRow {
  uid: Bytes;
  email: string;
  normalizedEmail: string;
  isPrimary: number;
  isVerified: number;
  emailCode: Bytes;
  verifiedAt: number | null;
  createdAt: number;
}

/**
 * Key (uid, normalizedEmail). Unique (normalizedEmail). Index (createdAt). An address that an account wants to have too:
 * it becomes a row of `emails` when it is proven, and nobody else can ask for it until this one expires.
 */
export interface EmailReservationRow {
  uid: Bytes;
  email: string;
  normalizedEmail: string;
  /** 16 random bytes: the digits of the mail are made from it. */
  emailCode: Bytes;
  createdAt: number;
}

/** Key (uid, codeHash). Index (createdAt). */
export interface UnblockCodeRow {
  uid: Bytes;
  /** HMAC of the code under a key made from the server secret: codes are short enough to be searched for otherwise. */
  codeHash: Bytes;
  createdAt: number;
}

/** Key (uid, tokenHash). Unique (tokenHash). */
export interface SessionRow {
  uid: Bytes;
  tokenHash: Bytes;
  /** Checks Hawk MACs in strict mode; worthless without the tokenId, which is not stored. */
  reqHMACkey: Bytes;
  createdAt: number;
  authAt: number;
  lastAccessTime: number;
  tokenVerificationId: Bytes | null;
  mustVerify: number;
  /** Number of auth-api §5.1, null while unverified. */
  verificationMethod: number | null;
  verifiedAt: number | null;
  uaBrowser: string | null;
  uaBrowserVersion: string | null;
  uaOS: string | null;
  uaOSVersion: string | null;
  uaDeviceType: string | null;
  uaFormFactor: string | null;
}

/** Key (uid, tokenHash). Unique (tokenHash). */
export interface KeyFetchTokenRow {
  uid: Bytes;
  tokenHash: Bytes;
  reqHMACkey: Bytes;
  keyBundle: Bytes;
  tokenVerificationId: Bytes | null;
  createdAt: number;
}

/** Key (uid, tokenHash). Unique (tokenHash). */
export interface PasswordChangeTokenRow {
  uid: Bytes;
  tokenHash: Bytes;
  reqHMACkey: Bytes;
  createdAt: number;
}

/** Key (uid, tokenHash). Unique (tokenHash). */
export interface PasswordForgotTokenRow {
  uid: Bytes;
  tokenHash: Bytes;
  reqHMACkey: Bytes;
  /** 16 random bytes: token and code are made from it and the server secret, so neither is stored. */
  seed: Bytes;
  /** The address that asked. */
  email: string;
  /** Wrong codes that are left. */
  tries: number;
  /** Number of auth-api §5.1 of a second factor that was proven meanwhile. */
  verificationMethod: number | null;
  createdAt: number;
}

/** Key (uid): the newest code of an account is the one that works. */
export interface PasswordForgotOtpRow {
  uid: Bytes;
  /** HMAC of the digits under the server secret. */
  codeHash: Bytes;
  /** Wrong codes that are left. */
  tries: number;
  createdAt: number;
}

/** Key (uid, tokenHash). Unique (tokenHash). */
export interface AccountResetTokenRow {
  uid: Bytes;
  tokenHash: Bytes;
  reqHMACkey: Bytes;
  /** From the passwordForgotToken that it was traded for. */
  verificationMethod: number | null;
  /** Whether the mail about the reset shall recommend a recovery key. */
  recoveryKeyPrompt: number;
  createdAt: number;
}

/** Key (uid). */
export interface RecoveryKeyRow {
  uid: Bytes;
  /** SHA-256 of the recoveryKeyId, which proves the key at a reset. */
  keyIdHash: Bytes;
  /** Compact JWE: kB under the recovery key. */
  recoveryData: string;
  hint: string | null;
  enabled: number;
  createdAt: number;
}

/** Key (uid, id). */
export interface SecurityEventRow {
  uid: Bytes;
  /** 16 random bytes. */
  id: Bytes;
  name: string;
  /** HMAC of the address under the server secret. */
  ipHash: Bytes;
  verified: number;
  createdAt: number;
}

/** Key (id). */
export interface OAuthClientRow {
  /** 16 hex digits. */
  id: string;
  name: string;
  hashedSecret: Bytes | null;
  hashedSecretPrevious: Bytes | null;
  imageUri: string | null;
  /** JSON array of strings; each matches exactly. */
  redirectUris: string;
  trusted: number;
  canGrant: number;
  publicClient: number;
  /** Space-separated custom scopes. */
  allowedScopes: string;
  /** Who registered it: this code, the file of clients, or the operator by command. */
  origin: 'seed' | 'file' | 'operator';
  createdAt: number;
  /** JSON array of strings, or null for none. */
  postLogoutRedirectUris: string | null;
  /** 1 for a client that knows people by a name of its own for them. */
  pairwise: number | null;
}

/** Key (scope). */
export interface OAuthScopeRow {
  scope: string;
  hasScopedKeys: number;
}

/** Key (uid, codeHash). Unique (codeHash). */
export interface OAuthCodeRow {
  uid: Bytes;
  codeHash: Bytes;
  clientId: string;
  sessionTokenHash: Bytes | null;
  scope: string;
  /** Milliseconds. */
  authAt: number;
  /** Space-separated. */
  amr: string;
  aal: number;
  offline: number;
  codeChallenge: string | null;
  keysJwe: string | null;
  redirectUri: string;
  nonce: string | null;
  createdAt: number;
  /** A redeemed code stays until it expires, so that a second use is noticed and its tokens revoked (RFC 6749 §4.1.2). */
  redeemedAt: number | null;
}

/** Key (uid, tokenHash). Unique (tokenHash). Index (uid, grantId). */
export interface AccessTokenRow {
  uid: Bytes;
  tokenHash: Bytes;
  clientId: string;
  scope: string;
  createdAt: number;
  expiresAt: number;
  /** What began the grant, so that its tokens can be revoked together: codeHash, or tokenHash of the refresh token. */
  grantId: Bytes | null;
}

/** Key (uid, tokenHash). Unique (tokenHash). Index (uid, grantId). */
export interface RefreshTokenRow {
  uid: Bytes;
  tokenHash: Bytes;
  clientId: string;
  scope: string;
  authAt: number;
  amr: string;
  aal: number;
  createdAt: number;
  lastUsedAt: number;
  grantId: Bytes | null;
  /** The session of the same application that it was made with; who else holds that one is the same device. */
  sessionTokenHash: Bytes | null;
}

/** What a person allowed to a client for a service. Key (uid, clientId, service). */
export interface AuthorizationRow {
  uid: Bytes;
  clientId: string;
  /** Empty for none in particular. */
  service: string;
  /** Space-separated. */
  scope: string;
  createdAt: number;
  authorizedAt: number;
}

/** What a person took away from a client, until it is allowed again. Key (uid, clientId, scope). */
export interface RevokedScopeRow {
  uid: Bytes;
  clientId: string;
  /** One value. */
  scope: string;
  revokedAt: number;
}

/** A refresh token that was exchanged for another one. Key (uid, tokenHash). Unique (tokenHash). Index (exchangedAt). */
export interface ExchangedTokenRow {
  uid: Bytes;
  tokenHash: Bytes;
  clientId: string;
  /** The scope that the exchange asked for, as it was sent. */
  addedScope: string;
  successorHash: Bytes;
  grantId: Bytes;
  exchangedAt: number;
}

/** Key (uid, id). Unique (uid, sessionTokenHash) and (uid, refreshTokenHash). Bound to a session, a refresh token, or both. */
export interface DeviceRow {
  uid: Bytes;
  /** 16 random bytes. */
  id: Bytes;
  sessionTokenHash: Bytes | null;
  refreshTokenHash: Bytes | null;
  /** null where the person gave it none. */
  name: string | null;
  type: string | null;
  pushCallback: string | null;
  /** base64url, an uncompressed P-256 point. */
  pushPublicKey: string | null;
  /** base64url. */
  pushAuthKey: string | null;
  pushEndpointExpired: number;
  /** JSON object: name of a command → text that only the devices of the person can read. */
  availableCommands: string;
  createdAt: number;
  uaBrowser: string | null;
  uaBrowserVersion: string | null;
  uaOS: string | null;
  uaOSVersion: string | null;
  uaDeviceType: string | null;
  uaFormFactor: string | null;
  /** Of the newest command that was ever left for it. */
  lastCommandIndex: number | null;
}

/** Key (uid, deviceId, index). Index (expiresAt). A command that waits for a device, also after the device read it. */
export interface CommandRow {
  uid: Bytes;
  deviceId: Bytes;
  /** Made of the time (see `devices/commands.ts`), so as large as one. */
  index: number;
  command: string;
  /** JSON. */
  payload: string;
  /** The device that sent it. */
  sender: Bytes | null;
  expiresAt: number;
}

/**
 * Key (uid, deviceId, id). Index (nextAttemptAt). A push message on its way, with where it goes: the device may be gone
 * by then. A message that was accepted or given up is deleted.
 */
export interface PushMessageRow {
  uid: Bytes;
  deviceId: Bytes;
  /** SHA-256 of the body: what waits already is not written twice. */
  id: Bytes;
  endpoint: string;
  publicKey: string | null;
  authKey: string | null;
  /** JSON; empty for the message without content. */
  body: string;
  /** Seconds. */
  ttl: number;
  createdAt: number;
  attempts: number;
  nextAttemptAt: number;
  lastError: string | null;
}

/** Key (uid). No row for people who have neither. */
export interface ProfileRow {
  uid: Bytes;
  displayName: string | null;
  /** Of the picture in `avatars`. */
  avatarId: Bytes | null;
}

/** Key (uid, id). Unique (id). */
export interface AvatarRow {
  uid: Bytes;
  /** 16 random bytes; new for every picture, so that its address can be cached for ever. */
  id: Bytes;
  contentType: string;
  /** Checked, and without what the camera wrote into it. */
  image: Bytes;
  createdAt: number;
}

/** Key (uid). There is a row while two-step authentication is on. */
export interface TotpTokenRow {
  uid: Bytes;
  /** Bytes of the secret, sealed with the server secret. */
  sealedSecret: Bytes;
  /** The time step (RFC 6238) of the last code that was accepted: neither it nor an older one is accepted again. */
  lastStep: number;
  createdAt: number;
}

/** Key (uid, sessionTokenHash). Index (createdAt). A secret that is being set up or replaces another one. */
export interface PendingTotpSecretRow {
  uid: Bytes;
  /** The session that asked for it: nobody else may finish with a secret that this one has seen. */
  sessionTokenHash: Bytes;
  sealedSecret: Bytes;
  /** The time step of the code that proved the authenticator; null while it has not. */
  acceptedStep: number | null;
  createdAt: number;
}

/** Key (uid, slot). */
export interface BackupCodeRow {
  uid: Bytes;
  /** Which code of its set it is, from 0: a new set takes the place of the old one row by row. */
  slot: number;
  /** HMAC of the code under a key made from the server secret: codes are short enough to be searched for otherwise. */
  codeHash: Bytes;
  createdAt: number;
}

/** Key (uid, sessionTokenHash, action). Index (createdAt). The digits of a mail that allow a change (auth-api §6.14). */
export interface StepUpCodeRow {
  uid: Bytes;
  sessionTokenHash: Bytes;
  action: string;
  /** 16 random bytes; with a key made from the server secret they give the digits. */
  seed: Bytes;
  /** How often digits were tried, right ones included. */
  attempts: number;
  createdAt: number;
}

/** Key (kid). */
export interface SigningKeyRow {
  kid: string;
  publicJwk: string;
  /** PKCS #8, sealed with the server secret. */
  sealedPrivateKey: Bytes;
  createdAt: number;
  /** When it becomes the signing key; it is published before. */
  activeFrom: number;
  /** When it leaves the published set; null while it is current or next. */
  retiredUntil: number | null;
}

/** Key (id). Index (nextAttemptAt) of what is not sent. */
export interface OutboxRow {
  /** 16 bytes, in order of creation. */
  id: Bytes;
  recipient: string;
  /** JSON array of addresses. */
  cc: string;
  /** JSON object, names in their written case. */
  headers: string;
  subject: string;
  text: string;
  html: string;
  createdAt: number;
  attempts: number;
  /** null once sent or given up. */
  nextAttemptAt: number | null;
  sentAt: number | null;
  lastError: string | null;
}

/** Key (id). Index (nextAttemptAt) of what is waiting. One row for each address that is told of an event. */
export interface NotificationRow {
  /** 16 random bytes. */
  id: Bytes;
  url: string;
  uid: Bytes;
  event: string;
  /** JSON object: what the event says beside its name. */
  details: string;
  createdAt: number;
  attempts: number;
  /** null once given up; a delivered row is deleted. */
  nextAttemptAt: number | null;
  lastError: string | null;
}

/** Key (normalizedEmail, kind). */
export interface BounceRow {
  normalizedEmail: string;
  /** `hard`, `soft` or `complaint`. */
  kind: string;
  bouncedAt: number;
}

/** Key (uid, template). Index (dueAt). A mail to write when its time comes, if it still makes sense then. */
export interface ReminderRow {
  uid: Bytes;
  template: string;
  dueAt: number;
}

/** Key (key). */
export interface LimitRow {
  /** `action:property:hash of the value`. */
  key: string;
  count: number;
  windowEndsAt: number;
  blockedUntil: number;
}
