import { randomBytes } from 'node:crypto';
import {
  AUTH_ERRORS,
  type AuthErrorName,
  accountCreate,
  accountDevice,
  accountReset,
  allEndpoints,
  type Endpoint,
  oauthEndpoints,
  passwordChangeStart,
  recoveryEmailCreate,
  recoveryKeyGet,
  recoveryKeyHint,
  totpCreate,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// Of the server under test, as what it throws has to be of the same making.
import { createPasswordHasher } from '../../dist/credentials/index.js';
import { type BounceKind, recordBounce } from '../../src/mail/index.js';
import { addSecondary } from '../support/addresses.js';
import { refreshTokenFor, withToken } from '../support/attach.js';
import { turnTotpOn, wrongCode } from '../support/authenticator.js';
import { beginReset, recoveryKeyFor, resetTokenFor, storeRecoveryKey } from '../support/passwords.js';
import { authPWOf, signIn, signUp } from '../support/person.js';
import {
  createPersona,
  HEX_32,
  HEX_64,
  type Persona,
  proofOf,
  refusal as refusalOf,
  rightBody,
} from '../support/persona.js';
import type { CallOptions } from '../support/send.js';
import { type FailedBody, startTestServer, type TestServer } from '../support/test-server.js';

// Every error that a definition lists can happen, and each of these tests makes it happen. What an endpoint answers
// beside its list fails any test that calls it (support/test-server.ts).

const WRONG_PW = 'f'.repeat(64);

type Scenario = (name: string, endpoint: Endpoint) => Promise<FailedBody>;

let server: TestServer;
let people = 0;

function persona(name = 'somebody'): Promise<Persona> {
  people += 1;
  return createPersona(server, `${name}${people}@example.com`);
}

const refusal = (name: string, endpoint: Endpoint, person: Persona, options?: CallOptions<Endpoint>) =>
  refusalOf(server, name, endpoint, person, options);
const db = () => server.server.context.storage.db;
const uidOf = ({ uid }: Persona) => Buffer.from(uid, 'hex');

/** Tokens of a forgotten password and of a reset, where an endpoint takes those. */
async function resetProof(endpoint: Endpoint, email: string): Promise<Pick<CallOptions<Endpoint>, 'token'>> {
  if (endpoint.authentication.includes('accountResetToken')) {
    return { token: ['accountResetToken', await resetTokenFor(server, email)] };
  }
  if (endpoint.authentication[0] === 'passwordForgotToken') {
    return { token: ['passwordForgotToken', (await beginReset(server, email)).token] };
  }
  return {};
}

/** How an error comes about wherever it is listed, unless {@link SPECIAL} has a way of the endpoint's own. */
const GENERAL: Partial<Record<AuthErrorName, Scenario>> = {
  async UNVERIFIED_ACCOUNT(name, endpoint) {
    const person = await persona();
    await db().updateTable('emails').set({ isVerified: 0 }).where('uid', '=', uidOf(person)).execute();
    return refusal(name, endpoint, person);
  },
  async UNVERIFIED_SESSION(name, endpoint) {
    const person = await persona();
    const tokenVerificationId = randomBytes(16);
    await db()
      .updateTable('sessions')
      .set({ tokenVerificationId, mustVerify: 1 })
      .where('uid', '=', uidOf(person))
      .execute();
    return refusal(name, endpoint, person);
  },
  async INSUFFICIENT_AAL(name, endpoint) {
    const person = await persona();
    await turnTotpOn(server, person.sessionToken);
    await db().updateTable('sessions').set({ verificationMethod: 1 }).where('uid', '=', uidOf(person)).execute();
    return refusal(name, endpoint, person);
  },

  UNKNOWN_ACCOUNT: async (name, endpoint) =>
    refusal(name, endpoint, await persona(), {
      body: await rightBody(name, { email: 'nobody@example.com' }),
      ...(endpoint === recoveryKeyHint && { token: undefined, query: { email: 'nobody@example.com' } }),
      ...(endpoint.authentication.includes('none') && { token: undefined }),
    }),
  INCORRECT_PASSWORD: async (name, endpoint) => withProof(name, endpoint, await persona(), { authPW: WRONG_PW }),
  async INCORRECT_EMAIL_CASE(name, endpoint) {
    const person = await persona();
    return withProof(name, endpoint, person, { email: person.email.toUpperCase(), authPW: WRONG_PW });
  },
  async ACCOUNT_MUST_BE_RESET(name, endpoint) {
    const person = await persona();
    const authSalt = Buffer.alloc(32, 0xff);
    await db().updateTable('accounts').set({ authSalt }).where('uid', '=', uidOf(person)).execute();
    return withProof(name, endpoint, person);
  },
  async ACCOUNT_WITHOUT_PASSWORD(name, endpoint) {
    const person = await persona();
    await db().updateTable('accounts').set({ verifierSetAt: 0 }).where('uid', '=', uidOf(person)).execute();
    return withProof(name, endpoint, person);
  },
  async LOGIN_WITH_SECONDARY_EMAIL(name, endpoint) {
    const person = await persona();
    await addSecondary(server, person.sessionToken, `second.${person.email}`);
    return server.fails(endpoint, {
      body: { ...(await proofBody(name, person)), email: `second.${person.email}` },
      ...(endpoint.authentication.includes('none') ? {} : proofOf(endpoint, person)),
    });
  },
  async TOTP_REQUIRED(name, endpoint) {
    const person = await persona();
    return withProof(name, endpoint, person, {}, { verificationMethod: 'totp-2fa' });
  },
  REQUEST_BLOCKED: async (name, endpoint) => withProof(name, endpoint, await persona('block')),
  INVALID_UNBLOCK_CODE: async (name, endpoint) =>
    endpoint.body !== undefined && name === 'rejectUnblockCode'
      ? refusal(name, endpoint, await persona())
      : withProof(name, endpoint, await persona('block'), {}, { unblockCode: 'AAAAAAAA' }),

  async SERVICE_UNAVAILABLE(name, endpoint) {
    const person = await persona();
    const own = await ownProof(name, endpoint, person);
    const { context } = server.server;
    const { passwords } = context;
    // A queue that is always full.
    Object.assign(context, { passwords: createPasswordHasher({ concurrency: 0, queue: 0 }) });
    try {
      const email = endpoint === accountCreate ? 'new@example.com' : person.email;
      return await refusal(name, endpoint, person, { body: await rightBody(name, { email }), ...own });
    } finally {
      Object.assign(context, { passwords });
    }
  },
  async THROTTLED(name, endpoint) {
    const person = await persona();
    const own = await ownProof(name, endpoint, person);
    return throttled(() => refusal(name, endpoint, person, own));
  },
  EMAIL_HARD_BOUNCED: bounced('hard'),
  EMAIL_SOFT_BOUNCED: bounced('soft'),
  EMAIL_COMPLAINT: bounced('complaint'),

  async TOTP_EXISTS(name, endpoint) {
    const person = await persona();
    await turnTotpOn(server, person.sessionToken);
    return refusal(name, endpoint, person);
  },
  TOTP_NOT_FOUND: async (name, endpoint) => {
    const person = await persona();
    return refusal(name, endpoint, person, await resetProof(endpoint, person.email));
  },
  async INVALID_TOTP_CODE(name, endpoint) {
    const person = await persona();
    const token = ['sessionToken', person.sessionToken] as const;
    const isReplacement = name.endsWith('ReplaceConfirm');
    if (isReplacement) await turnTotpOn(server, person.sessionToken);
    const begin = isReplacement ? allEndpoints()['totpReplaceStart'] : totpCreate;
    const { secret } = (await server.ok(begin as Endpoint, { token })) as { secret: string };
    return refusal(name, endpoint, person, { body: { code: wrongCode(secret, server.clock.now()) } });
  },
  TOTP_SECRET_NOT_FOUND: async (name, endpoint) => refusal(name, endpoint, await persona()),
  async BACKUP_CODE_NOT_FOUND(name, endpoint) {
    const person = await persona();
    return refusal(name, endpoint, person, await resetProof(endpoint, person.email));
  },
  INVALID_OTP_CODE: async (name, endpoint) => refusal(name, endpoint, await persona()),
  async INVALID_VERIFICATION_CODE(name, endpoint) {
    const person = await persona();
    const own = await resetProof(endpoint, person.email);
    const body = name === 'recoveryEmailVerifyCode' ? { body: { uid: person.uid, code: HEX_32 } } : {};
    return refusal(name, endpoint, person, { ...own, ...body });
  },
  PASSWORD_ALREADY_SET: async (name, endpoint) => refusal(name, endpoint, await persona()),

  async RECOVERY_KEY_EXISTS(name, endpoint) {
    const person = await persona();
    await storeRecoveryKey(server, person, HEX_64);
    return refusal(name, endpoint, person);
  },
  async RECOVERY_KEY_NOT_FOUND(name, endpoint) {
    const person = await persona();
    return refusal(name, endpoint, person, await withKeyId(endpoint, person, HEX_32));
  },
  async RECOVERY_KEY_INVALID(name, endpoint) {
    const person = await persona();
    await storeRecoveryKey(server, person, HEX_64);
    const { recoveryKeyId } = await recoveryKeyFor(person.uid, HEX_64, 1);
    return refusal(name, endpoint, person, await withKeyId(endpoint, person, recoveryKeyId));
  },

  async SECONDARY_EMAIL_IS_PRIMARY(name, endpoint) {
    const person = await persona();
    return refusal(name, endpoint, person, { body: { email: person.email } });
  },
  async EMAIL_ALREADY_ON_ACCOUNT(name, endpoint) {
    const person = await persona();
    const email = `second.${person.email}`;
    await addSecondary(server, person.sessionToken, email);
    return refusal(name, endpoint, person, { body: { email } });
  },
  async EMAIL_EXISTS(name, endpoint) {
    const person = await persona();
    const other = await persona();
    const email = `wanted.${person.email}`;
    if (endpoint.path.endsWith('/recovery_email')) {
      await addSecondary(server, other.sessionToken, email);
      return refusal(name, endpoint, person, { body: { email } });
    }
    // Both want it, and the other one proves it first.
    await server.ok(recoveryEmailCreate, { token: ['sessionToken', person.sessionToken], body: { email } });
    const { headers } = await server.mail(email);
    await db()
      .insertInto('emails')
      .values({
        uid: uidOf(other),
        email,
        normalizedEmail: email,
        isPrimary: 0,
        isVerified: 1,
        emailCode: randomBytes(16),
        verifiedAt: 1,
        createdAt: 1,
      })
      .execute();
    const byLink = { uid: person.uid, code: headers['x-verify-code'] ?? '' };
    const byDigits = { email, code: headers['x-verify-short-code'] ?? '' };
    if (name === 'recoveryEmailVerifyCode') return refusal(name, endpoint, person, { body: byLink });
    return refusal(name, endpoint, person, { body: endpoint.path.endsWith('verify_code') ? byDigits : { email } });
  },
  async TOO_MANY_SECONDARY_EMAILS(name, endpoint) {
    const person = await persona();
    const token = ['sessionToken', person.sessionToken] as const;
    const email = `fourth.${person.email}`;
    await server.ok(recoveryEmailCreate, { token, body: { email } });
    const { headers } = await server.mail(email);
    for (const n of [1, 2, 3]) await addSecondary(server, person.sessionToken, `no${n}.${person.email}`);
    const byLink = { uid: person.uid, code: headers['x-verify-code'] ?? '' };
    const byDigits = { email, code: headers['x-verify-short-code'] ?? '' };
    if (name === 'recoveryEmailVerifyCode') return refusal(name, endpoint, person, { body: byLink });
    return refusal(name, endpoint, person, endpoint.path.endsWith('verify_code') ? { body: byDigits } : {});
  },
  async VERIFIED_PRIMARY_EMAIL_EXISTS(name, endpoint) {
    const { email } = await persona();
    return refusal(name, endpoint, await persona(), { body: { email } });
  },
  async UNVERIFIED_PRIMARY_EMAIL_NEWLY_CREATED(name, endpoint) {
    const person = await persona();
    const email = `new.${person.email}`;
    await signUp(server, email, { confirm: false });
    return refusal(name, endpoint, person, { body: { email } });
  },
  async VERIFIED_SECONDARY_EMAIL_EXISTS(name, endpoint) {
    const person = await persona();
    const email = `second.${person.email}`;
    await addSecondary(server, person.sessionToken, email);
    return refusal(name, endpoint, person, { body: await rightBody(name, { email }) });
  },
  RESEND_EMAIL_CODE_TO_UNOWNED: async (name, endpoint) =>
    refusal(name, endpoint, await persona(), { body: { email: 'unowned@example.com' } }),
  async CANNOT_DELETE_PRIMARY_EMAIL(name, endpoint) {
    const person = await persona();
    return refusal(name, endpoint, person, { body: { email: person.email } });
  },
  UNKNOWN_SECONDARY_EMAIL: async (name, endpoint) => refusal(name, endpoint, await persona()),
  UNKNOWN_CLIENT: async (name, endpoint) => refusal(name, endpoint, await persona()),
  UNKNOWN_DEVICE: async (name, endpoint) => refusal(name, endpoint, await persona()),
  async INVALID_SCOPES(name, endpoint) {
    const person = await persona();
    const refreshToken = await refreshTokenFor(server, person.sessionToken, 'profile');
    return refusal(name, endpoint, person, { token: undefined, ...withToken(refreshToken) });
  },
  FEATURE_NOT_ENABLED: async (name, endpoint) => refusal(name, endpoint, await persona()),
  async CHANGE_EMAIL_TO_UNVERIFIED(name, endpoint) {
    const person = await persona();
    const email = `pending.${person.email}`;
    await server.ok(recoveryEmailCreate, { token: ['sessionToken', person.sessionToken], body: { email } });
    return refusal(name, endpoint, person, { body: { email } });
  },
  async CHANGE_EMAIL_TO_UNOWNED(name, endpoint) {
    const { email } = await persona();
    return refusal(name, endpoint, await persona(), { body: { email } });
  },
  ENDPOINT_GONE: async (name, endpoint) => {
    const person = await persona();
    const own = await resetProof(endpoint, person.email);
    const { config } = server.server.context;
    Object.assign(server.server.context, { config: { ...config, legacyRoutes: false } });
    try {
      return await refusal(name, endpoint, person, own);
    } finally {
      Object.assign(server.server.context, { config });
    }
  },
};

/** What is particular to one endpoint: `endpoint.ERROR`. */
const SPECIAL: Readonly<Record<string, Scenario>> = {
  'accountCreate.ACCOUNT_EXISTS': async (name, endpoint) => refusal(name, endpoint, await persona()),
  async 'accountCreate.ACCOUNT_CREATION_REJECTED'(name, endpoint) {
    const person = await persona();
    const { config } = server.server.context;
    Object.assign(server.server.context, { config: { ...config, hideAccounts: true } });
    try {
      return await refusal(name, endpoint, person);
    } finally {
      Object.assign(server.server.context, { config });
    }
  },
  async 'accountInvokeCommand.UNAVAILABLE_DEVICE_COMMAND'(name, endpoint) {
    const person = await persona();
    const token = ['sessionToken', person.sessionToken] as const;
    const { id } = await server.ok(accountDevice, { token, body: { name: 'takes nothing' } });
    return refusal(name, endpoint, person, { body: { target: id, command: 'example', payload: {} } });
  },
  async 'accountDevice.DEVICE_CONFLICT'(name, endpoint) {
    const person = await persona();
    const { sessionToken } = await signIn(server, person.email);
    const other = await server.ok(accountDevice, { token: ['sessionToken', sessionToken], body: { name: 'other' } });
    await server.ok(accountDevice, { token: ['sessionToken', person.sessionToken], body: { name: 'own' } });
    return refusal(name, endpoint, person, { body: { id: other.id } });
  },
  async 'accountCredentialsStatus.LOGIN_WITH_INVALID_EMAIL'(name, endpoint) {
    const person = await persona();
    await db().updateTable('accounts').set({ verifierSetAt: 0 }).where('uid', '=', uidOf(person)).execute();
    return refusal(name, endpoint, person);
  },
  async 'accountKeys.UNVERIFIED_ACCOUNT'(_name, endpoint) {
    const { keyFetchToken = '' } = await signUp(server, 'unproven@example.com', { keys: true, confirm: false });
    return server.fails(endpoint, { token: ['keyFetchToken', keyFetchToken] });
  },
  async 'accountReset.UNVERIFIED_SESSION'(_name, endpoint) {
    const { email, sessionToken } = await persona();
    await turnTotpOn(server, sessionToken);
    const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
    return server.fails(endpoint, { token, body: { authPW: HEX_64 } });
  },
  async 'passwordChangeFinish.UNVERIFIED_SESSION'(_name, endpoint) {
    const { email, sessionToken } = await persona();
    const body = { email, oldAuthPW: await authPWOf(email) };
    await turnTotpOn(server, sessionToken);
    const { passwordChangeToken } = await server.ok(passwordChangeStart, { body });
    return server.fails(endpoint, {
      token: ['passwordChangeToken', passwordChangeToken],
      body: { authPW: HEX_64, wrapKb: HEX_64 },
    });
  },
  async 'passwordChangeStart.INVALID_TOKEN'(name, endpoint) {
    const { email } = await persona();
    return refusal(name, endpoint, await persona(), { body: { email, oldAuthPW: HEX_64 } });
  },
  async 'passwordForgotResendCode.UNKNOWN_ACCOUNT'(name, endpoint) {
    const person = await persona();
    const body = { email: 'nobody@example.com' };
    return refusal(name, endpoint, person, { ...(await resetProof(endpoint, person.email)), body });
  },
  async 'passwordForgotSendCode.RESET_WITH_SECONDARY_EMAIL'(name, endpoint) {
    const person = await persona();
    const email = `second.${person.email}`;
    await addSecondary(server, person.sessionToken, email);
    return refusal(name, endpoint, person, { body: { email } });
  },
  'recoveryEmailVerifyCode.UNKNOWN_ACCOUNT': async (name, endpoint) => refusal(name, endpoint, await persona()),
};

/** Members that prove the password, by the names that the endpoint has for them. */
async function proofBody(name: string, person: Persona): Promise<Record<string, unknown>> {
  return (await rightBody(name, person)) as Record<string, unknown>;
}

/** Calls an endpoint that takes a password, with another address or password, and further members. */
async function withProof(
  name: string,
  endpoint: Endpoint,
  person: Persona,
  { email, authPW }: { email?: string; authPW?: string } = {},
  more: Record<string, unknown> = {},
): Promise<FailedBody> {
  const body = { ...(await proofBody(name, person)), ...more };
  if (email !== undefined) body['email'] = email;
  if (authPW !== undefined) body['oldAuthPW' in body ? 'oldAuthPW' : 'authPW'] = authPW;
  return refusal(name, endpoint, person, { body });
}

/** What an endpoint needs beside a session, so that a request gets as far as the work. */
async function ownProof(
  name: string,
  endpoint: Endpoint,
  { email, sessionToken }: Persona,
): Promise<CallOptions<Endpoint>> {
  if (name === 'passwordChangeFinish') {
    const { passwordChangeToken } = await server.ok(passwordChangeStart, {
      token: ['sessionToken', sessionToken],
      body: { email, oldAuthPW: await authPWOf(email) },
    });
    return { token: ['passwordChangeToken', passwordChangeToken], body: { authPW: HEX_64, wrapKb: HEX_64 } };
  }
  if (endpoint === accountReset) return { ...(await resetProof(endpoint, email)), body: { authPW: HEX_64 } };
  if (endpoint === recoveryKeyGet) {
    return { ...(await resetProof(endpoint, email)), params: { recoveryKeyId: HEX_32 } };
  }
  if (name.endsWith('asswordCreate')) {
    await db().updateTable('accounts').set({ verifierSetAt: 0 }).where('email', '=', email).execute();
  }
  return resetProof(endpoint, email);
}

/** The recovery key's id, where the endpoint has it. */
async function withKeyId(endpoint: Endpoint, person: Persona, recoveryKeyId: string): Promise<CallOptions<Endpoint>> {
  const own = await resetProof(endpoint, person.email);
  if (endpoint === accountReset) return { ...own, body: { authPW: HEX_64, wrapKb: HEX_64, recoveryKeyId } };
  if (endpoint === recoveryKeyGet) return { ...own, params: { recoveryKeyId } };
  return endpoint.path.endsWith('/verify') ? { ...own, body: { recoveryKeyId } } : own;
}

/** Makes a call while the address it comes from is banned for wrong codes. */
async function throttled(call: () => Promise<FailedBody>): Promise<FailedBody> {
  const { limits } = server.server.context;
  Object.assign(server.server.context, { limits: limited.server.context.limits });
  try {
    return await call();
  } finally {
    Object.assign(server.server.context, { limits });
  }
}

function bounced(kind: BounceKind): Scenario {
  return async (name, endpoint) => {
    const person = await persona();
    const own = await resetProof(endpoint, person.email);
    const isNew = endpoint === accountCreate || /RecoveryEmail|recoveryEmail(Create|Secondary)/.test(name);
    const email = isNew ? `another.${person.email}` : person.email;
    if (/SecondaryResendCode/.test(name)) {
      await server.ok(recoveryEmailCreate, { token: ['sessionToken', person.sessionToken], body: { email } });
    }
    await recordBounce(db(), email, { kind, bouncedAt: server.clock.now() });
    if (endpoint === accountCreate) return refusal(name, endpoint, person, { body: await rightBody(name, { email }) });
    return refusal(name, endpoint, person, { ...own, ...(name === 'recoveryEmailResendCode' && { body: {} }) });
  };
}

/** Lends its limits: the address of these tests is banned on it. */
let limited: TestServer;
beforeAll(async () => {
  server = await startTestServer({ blockTestAddresses: true });
  limited = await startTestServer({ rateLimits: true });
  const { limits } = limited.server.context;
  for (let n = 0; n <= 50; n += 1) await limits.failed('unblockCodeFailed', { ip: '127.0.0.1' });
});
afterAll(async () => {
  await server.close();
  await limited.close();
});

const OAUTH: readonly unknown[] = Object.values(oauthEndpoints);
const endpoints = Object.entries(allEndpoints()).filter(
  ([, endpoint]) => endpoint.family === 'auth' && !OAUTH.includes(endpoint),
);
const pairs = endpoints.flatMap(([name, endpoint]) =>
  endpoint.errors.map((error) => [name, error as AuthErrorName, endpoint] as const),
);

describe('every error that an endpoint lists is answered by it', () => {
  test.each(pairs)('%s: %s', async (name, error, endpoint) => {
    const scenario = SPECIAL[`${name}.${error}`] ?? GENERAL[error];
    if (scenario === undefined) throw new Error(`nobody knows how ${error} comes about`);
    const { code, errno } = await scenario(name, endpoint);
    expect({ code, errno }).toEqual({ code: AUTH_ERRORS[error].status, errno: AUTH_ERRORS[error].errno });
  });
});
