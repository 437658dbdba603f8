import { isScopeValue, parseScope } from '@foxden/protocol';
import { ConfigError } from '../config/index.js';
import { fromHex } from '../storage/hex.js';
import type { OAuthClient } from './client.js';

/** A client as its operator writes it: in `clients.json`, or for `foxden client add`. */
export interface ClientDefinition {
  /** hex, 16 digits */
  readonly id: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  /** Where people may be sent after signing out; web addresses. */
  readonly postLogoutRedirectUris?: readonly string[];
  /** hex, 64 digits: SHA-256 of the 32 bytes of the secret. */
  readonly hashedSecret?: string;
  readonly hashedSecretPrevious?: string;
  readonly imageUri?: string;
  readonly trusted?: boolean;
  readonly canGrant?: boolean;
  readonly publicClient?: boolean;
  /** Custom scopes it may ask for; absolute `https://` URLs. */
  readonly allowedScopes?: readonly string[];
  /** Those of them that come with a key of their own. */
  readonly scopesWithKeys?: readonly string[];
  /** `sub` of its tokens is a name for the person that no other client has. */
  readonly pairwise?: boolean;
}

type Check = { readonly test: (value: unknown) => boolean; readonly rule: string };

const text: Check = {
  test: (value) => typeof value === 'string' && value.length > 0 && value.length <= 255,
  rule: 'must be a text of 1 to 255 characters',
};
const flag: Check = { test: (value) => typeof value === 'boolean', rule: 'must be true or false' };
const secretHash: Check = {
  test: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/i.test(value),
  rule: 'must be 64 hex digits',
};
const scopes: Check = {
  test: (value) => Array.isArray(value) && value.every(isCustomScope),
  rule: 'must be a list of scopes that are https:// URLs',
};

/** Every member that a definition may have, and what it must be. */
const MEMBERS: Readonly<Record<keyof ClientDefinition, Check>> = {
  id: { test: (value) => typeof value === 'string' && /^[0-9a-f]{16}$/i.test(value), rule: 'must be 16 hex digits' },
  name: text,
  redirectUris: {
    test: (value) => Array.isArray(value) && value.every(isRedirectUri),
    rule: 'must be a list of absolute URIs without a fragment and without a comma, of 256 characters at most',
  },
  postLogoutRedirectUris: {
    test: (value) => Array.isArray(value) && value.every((uri) => isRedirectUri(uri) && isWebUri(uri)),
    rule: 'must be a list of https:// URLs without a fragment and without a comma, of 255 characters at most',
  },
  hashedSecret: secretHash,
  hashedSecretPrevious: secretHash,
  imageUri: { test: (value) => typeof value === 'string' && isWebUri(value), rule: 'must be an https:// URL' },
  trusted: flag,
  canGrant: flag,
  publicClient: flag,
  allowedScopes: scopes,
  scopesWithKeys: scopes,
  pairwise: flag,
};
const REQUIRED = ['id', 'name', 'redirectUris'] as const;

/**
 * Checks a definition that a person wrote.
 * @param where how to call it in the error, such as `client 2 of clients.json`
 * @throws ConfigError with one sentence about the first thing that is wrong
 */
export function checkDefinition(value: unknown, where: string): ClientDefinition {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError(`${where} must be an object with the members ${REQUIRED.join(', ')}.`);
  }
  for (const [member, content] of Object.entries(value)) {
    const check = Object.hasOwn(MEMBERS, member) ? MEMBERS[member as keyof ClientDefinition] : undefined;
    if (check === undefined) {
      throw new ConfigError(
        `${where} has the unknown member "${member}"; known are ${Object.keys(MEMBERS).join(', ')}.`,
      );
    }
    if (!check.test(content)) throw new ConfigError(`"${member}" of ${where} ${check.rule}.`);
  }
  const missing = REQUIRED.find((member) => !Object.hasOwn(value, member));
  if (missing !== undefined) throw new ConfigError(`${where} has no "${missing}".`);
  const definition = value as ClientDefinition;
  checkTogether(definition, where);
  return definition;
}

function checkTogether(definition: ClientDefinition, where: string): void {
  const isPublic = definition.publicClient === true;
  if (isPublic && definition.hashedSecret !== undefined) {
    throw new ConfigError(`${where} is public and so cannot have a "hashedSecret".`);
  }
  if (!isPublic && definition.hashedSecret === undefined) {
    throw new ConfigError(`${where} needs a "hashedSecret", or "publicClient": true if it cannot keep a secret.`);
  }
  const foreign = definition.scopesWithKeys?.find((scope) => !definition.allowedScopes?.includes(scope));
  if (foreign !== undefined)
    throw new ConfigError(`${where} has keys for ${foreign}, which is not in "allowedScopes".`);
}

/** Builds the client that a definition describes. */
export function toClient(definition: ClientDefinition): OAuthClient {
  const bytes = (hex: string | undefined) => (hex === undefined ? null : fromHex(hex));
  return {
    id: definition.id.toLowerCase(),
    name: definition.name,
    hashedSecret: bytes(definition.hashedSecret),
    hashedSecretPrevious: bytes(definition.hashedSecretPrevious),
    imageUri: definition.imageUri ?? null,
    redirectUris: definition.redirectUris,
    postLogoutRedirectUris: definition.postLogoutRedirectUris ?? [],
    trusted: definition.trusted === true,
    canGrant: definition.canGrant === true,
    publicClient: definition.publicClient === true,
    allowedScopes: parseScope((definition.allowedScopes ?? []).join(' ')),
    pairwise: definition.pairwise === true,
  };
}

/** Schemes that a browser runs or shows instead of handing the code to an application. */
const UNSAFE_SCHEMES = ['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:'];

function isRedirectUri(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 256 || /[#,\s]/.test(value)) return false;
  return URL.canParse(value) && !UNSAFE_SCHEMES.includes(new URL(value).protocol);
}

function isWebUri(value: string): boolean {
  return value.length <= 255 && URL.canParse(value) && ['https:', 'http:'].includes(new URL(value).protocol);
}

/** A short name such as `profile` would be taken from every other client by becoming a custom scope. */
function isCustomScope(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('https://') && isScopeValue(value);
}
