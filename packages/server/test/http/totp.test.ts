import { inflateSync } from 'node:zlib';
import {
  accountCreate,
  type Endpoint,
  mfaTotpCreate,
  mfaTotpDestroy,
  mfaTotpReplaceConfirm,
  mfaTotpReplaceStart,
  mfaTotpSetupComplete,
  mfaTotpSetupVerify,
  recoveryCodesExists,
  recoveryCodesReplace,
  sessionStatus,
  sessionVerifyTotp,
  totpCreate,
  totpDestroy,
  totpExists,
  totpReplaceConfirm,
  totpReplaceStart,
  totpSetupComplete,
  totpSetupVerify,
} from '@foxden/protocol';
import { encode } from 'uqr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, secretHex, stepUp, turnTotpOn, wrongCode } from '../support/authenticator.js';
import { authPWOf, signIn, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 60 * 60 * 1000;
const STEP = 30_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const tokenOf = (sessionToken: string) => ['sessionToken', sessionToken] as const;
const now = () => server.clock.now();
const templates = async (email: string) =>
  (await server.mails(email)).map(({ headers }) => headers['x-template-name'] ?? '');

/** A confirmed person with a session. */
async function person(email: string) {
  const { uid, sessionToken } = await signUp(server, email);
  return { email, uid, sessionToken, token: tokenOf(sessionToken) };
}

/** Another sign-in of the person that waits for the authenticator. */
async function waitingSession(email: string) {
  const { sessionToken } = await signIn(server, email, { keys: true });
  return tokenOf(sessionToken);
}

/** The settings routes come in two forms; what differs is how a caller proves to be the owner. */
const FORMS = [
  {
    form: 'with the session',
    proof: async (who: Awaited<ReturnType<typeof person>>) => ({ token: who.token }),
    create: totpCreate,
    verify: totpSetupVerify,
    complete: totpSetupComplete,
    destroy: totpDestroy,
    replaceStart: totpReplaceStart,
    replaceConfirm: totpReplaceConfirm,
  },
  {
    form: 'with a step-up token',
    proof: async (who: Awaited<ReturnType<typeof person>>) => ({
      headers: await stepUp(server, who.email, who.sessionToken, '2fa'),
    }),
    create: mfaTotpCreate,
    verify: mfaTotpSetupVerify,
    complete: mfaTotpSetupComplete,
    destroy: mfaTotpDestroy,
    replaceStart: mfaTotpReplaceStart,
    replaceConfirm: mfaTotpReplaceConfirm,
  },
] as const;

describe.each(FORMS)('two-step authentication $form', (routes) => {
  test('is set up in three steps, each of which waits for the one before', async () => {
    const who = await person(`setup-${routes.create.path.length}@example.com`);
    const proof = await routes.proof(who);
    expect(await server.fails(routes.verify, { ...proof, body: { code: '123456' } })).toMatchObject({ errno: 155 });
    expect(await server.fails(routes.complete, proof)).toMatchObject({ errno: 155 });
    expect(await server.ok(totpExists, { token: who.token })).toEqual({ exists: false, verified: false });

    const { secret } = await server.ok(routes.create, proof);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(await server.ok(totpExists, { token: who.token })).toEqual({ exists: true, verified: false });
    expect((await server.ok(routes.create, proof)).secret).toBe(secret);

    const wrong = { code: wrongCode(secret, now()) };
    expect(await server.fails(routes.verify, { ...proof, body: wrong })).toMatchObject({ code: 400, errno: 152 });
    expect(await server.fails(routes.complete, proof)).toMatchObject({ errno: 152 });
    const right = { code: codeOf(secret, now()) };
    expect(await server.ok(routes.verify, { ...proof, body: right })).toEqual({ success: true });
    expect(await server.ok(totpExists, { token: who.token })).toEqual({ exists: true, verified: false });
    expect(await server.ok(routes.complete, proof)).toEqual({ success: true });

    expect(await server.ok(totpExists, { token: who.token })).toEqual({ exists: true, verified: true });
    expect(await server.ok(sessionStatus, { token: who.token })).toMatchObject({
      details: { sessionVerificationMethod: 'totp-2fa', sessionVerificationMeetsMinimumAAL: true },
    });
    expect((await templates(who.email)).at(-1)).toBe('postAddTwoStepAuthentication');
    for (const call of [
      server.fails(routes.create, proof),
      server.fails(routes.verify, { ...proof, body: right }),
      server.fails(routes.complete, proof),
    ]) {
      expect(await call).toMatchObject({ code: 400, errno: 154 });
    }
  });

  test('the authenticator is replaced, and the old one works until then', async () => {
    const who = await person(`replace-${routes.create.path.length}@example.com`);
    const early = await routes.proof(who);
    expect(await server.fails(routes.replaceStart, early)).toMatchObject({ errno: 220 });
    expect(await server.fails(routes.replaceConfirm, { ...early, body: { code: '123456' } })).toMatchObject({
      errno: 155,
    });
    const old = await turnTotpOn(server, who.sessionToken);
    const proof = await routes.proof(who);
    const { secret } = await server.ok(routes.replaceStart, proof);
    expect(secret).not.toBe(old);
    expect((await server.ok(routes.replaceStart, proof)).secret).toBe(secret);
    const waiting = await waitingSession(who.email);
    const stillOld = { code: codeOf(old, now()) };
    expect(await server.ok(sessionVerifyTotp, { token: waiting, body: stillOld })).toEqual({ success: true });
    const wrong = { code: wrongCode(secret, now()) };
    expect(await server.fails(routes.replaceConfirm, { ...proof, body: wrong })).toMatchObject({ errno: 152 });

    const confirmed = { code: codeOf(secret, now()) };
    expect(await server.ok(routes.replaceConfirm, { ...proof, body: confirmed })).toEqual({ success: true });
    expect((await templates(who.email)).at(-1)).toBe('postChangeTwoStepAuthentication');
    expect(await server.fails(routes.replaceConfirm, { ...proof, body: confirmed })).toMatchObject({ errno: 155 });
    const next = await waitingSession(who.email);
    server.clock.advance(STEP);
    const byOld = { code: codeOf(old, now()) };
    expect(await server.ok(sessionVerifyTotp, { token: next, body: byOld })).toEqual({ success: false });
    const byNew = { code: codeOf(secret, now()) };
    expect(await server.ok(sessionVerifyTotp, { token: next, body: byNew })).toEqual({ success: true });
  });

  test('it is turned off with its backup codes, the session stays, and a second time changes nothing', async () => {
    const who = await person(`destroy-${routes.create.path.length}@example.com`);
    await turnTotpOn(server, who.sessionToken);
    await server.ok(recoveryCodesReplace, { token: who.token });
    const proof = await routes.proof(who);
    expect(await server.ok(routes.destroy, proof)).toEqual({});
    expect(await server.ok(totpExists, { token: who.token })).toEqual({ exists: false, verified: false });
    expect(await server.ok(recoveryCodesExists, { token: who.token })).toEqual({ hasBackupCodes: false, count: 0 });
    expect(await server.ok(sessionStatus, { token: who.token })).toMatchObject({
      state: 'verified',
      details: { sessionVerificationMethod: 'email-2fa', sessionVerificationMeetsMinimumAAL: true },
    });
    const mails = await templates(who.email);
    expect(mails.at(-1)).toBe('postRemoveTwoStepAuthentication');
    expect(await server.ok(routes.destroy, proof)).toEqual({});
    expect(await templates(who.email)).toEqual(mails);
    expect(await signIn(server, who.email)).toMatchObject({ verified: true });
  });
});

const VERIFIED_ONLY: readonly (readonly [string, Endpoint, unknown])[] = [
  ['totp/create', totpCreate, {}],
  ['totp/setup/verify', totpSetupVerify, { code: '123456' }],
  ['totp/setup/complete', totpSetupComplete, {}],
  ['totp/destroy', totpDestroy, {}],
  ['totp/replace/start', totpReplaceStart, {}],
  ['totp/replace/confirm', totpReplaceConfirm, { code: '123456' }],
];

describe('who may change the authenticator', () => {
  test.each(VERIFIED_ONLY)(
    '%s: not a new account, nor a session that was not confirmed',
    async (path, endpoint, body) => {
      const email = `unconfirmed-${path.replaceAll('/', '-')}@example.com`;
      const created = await server.ok(accountCreate, { body: { email, authPW: await authPWOf(email) } });
      const fresh = { token: tokenOf(created.sessionToken), body };
      expect(await server.fails(endpoint, fresh)).toMatchObject({ code: 400, errno: 104 });
      const confirmed = `other-${email}`;
      await signUp(server, confirmed);
      server.clock.advance(80 * HOUR);
      const waiting = { token: await waitingSession(confirmed), body };
      expect(await server.fails(endpoint, waiting)).toMatchObject({ code: 400, errno: 138 });
    },
  );

  test.each(VERIFIED_ONLY)('%s: not a session that never proved the authenticator', async (path, endpoint, body) => {
    const email = `weak-${path.replaceAll('/', '-')}@example.com`;
    const { sessionToken } = await signUp(server, email);
    const older = await signIn(server, email);
    await turnTotpOn(server, sessionToken);
    const error = await server.fails(endpoint, { token: tokenOf(older.sessionToken), body });
    expect(error).toMatchObject({ code: 400, errno: 222 });
  });
});

describe('a secret that waits to be confirmed', () => {
  test('lives an hour after it was last shown, then it is another one', async () => {
    const { token } = await person('hour@example.com');
    const { secret } = await server.ok(totpCreate, { token });
    server.clock.advance(HOUR - 1);
    expect((await server.ok(totpCreate, { token })).secret).toBe(secret);
    server.clock.advance(HOUR);
    expect(await server.ok(totpExists, { token })).toEqual({ exists: false, verified: false });
    const body = { code: codeOf(secret, now()) };
    expect(await server.fails(totpSetupVerify, { token, body })).toMatchObject({ errno: 155 });
    expect((await server.ok(totpCreate, { token })).secret).not.toBe(secret);
  });

  test('belongs to the session that asked for it: another gets its own and cannot confirm this one', async () => {
    const { email, token } = await person('mine@example.com');
    const other = tokenOf((await signIn(server, email)).sessionToken);
    const { secret } = await server.ok(totpCreate, { token });
    const body = { code: codeOf(secret, now()) };
    expect(await server.fails(totpSetupVerify, { token: other, body })).toMatchObject({ errno: 155 });
    expect((await server.ok(totpCreate, { token: other })).secret).not.toBe(secret);
    await server.ok(totpSetupVerify, { token, body });
    await server.ok(totpSetupComplete, { token });
    expect(await server.fails(totpSetupComplete, { token: other })).toMatchObject({ errno: 222 });
  });

  test('is confirmed by session/verify/totp too, as clients without set-up routes do', async () => {
    const { email, token } = await person('pyfxa@example.com');
    expect(await server.fails(sessionVerifyTotp, { token, body: { code: '123456' } })).toMatchObject({
      code: 400,
      errno: 155,
    });
    const { secret } = await server.ok(totpCreate, { token });
    const wrong = { code: wrongCode(secret, now()) };
    expect(await server.ok(sessionVerifyTotp, { token, body: wrong })).toEqual({ success: false });
    expect(await server.ok(totpExists, { token })).toEqual({ exists: true, verified: false });
    const right = { code: codeOf(secret, now()) };
    expect(await server.ok(sessionVerifyTotp, { token, body: right })).toEqual({ success: true });
    expect(await server.ok(totpExists, { token })).toEqual({ exists: true, verified: true });
    expect((await templates(email)).at(-1)).toBe('postAddTwoStepAuthentication');
    expect(await server.fails(totpCreate, { token })).toMatchObject({ errno: 154 });
    await server.ok(totpDestroy, { token });
    expect(await server.ok(totpExists, { token })).toEqual({ exists: false, verified: false });
  });

  test('does not let a session confirm itself that proved the password only', async () => {
    const { email, token } = await person('self@example.com');
    const { secret } = await server.ok(totpCreate, { token });
    server.clock.advance(80 * HOUR);
    const waiting = await waitingSession(email);
    const body = { code: codeOf(secret, now()) };
    expect(await server.fails(sessionVerifyTotp, { token: waiting, body })).toMatchObject({ errno: 155 });
  });
});

describe('a code', () => {
  test('works one step early and one step late, not two', async () => {
    const { email, sessionToken } = await person('window@example.com');
    const secret = await turnTotpOn(server, sessionToken);
    server.clock.advance(10 * STEP);
    const tryAt = async (shift: number) => {
      const token = await waitingSession(email);
      const body = { code: codeOf(secret, now() + shift * STEP) };
      return (await server.ok(sessionVerifyTotp, { token, body })).success;
    };
    expect(await tryAt(-2)).toBe(false);
    expect(await tryAt(2)).toBe(false);
    expect(await tryAt(-1)).toBe(true);
    expect(await tryAt(0)).toBe(true);
    expect(await tryAt(1)).toBe(true);
  });

  test('is never accepted twice, nor is one from before a code that was accepted', async () => {
    const { email, sessionToken } = await person('twice@example.com');
    const secret = await turnTotpOn(server, sessionToken);
    const ofSetup = { code: codeOf(secret, now() - STEP) };
    expect(await server.ok(sessionVerifyTotp, { token: await waitingSession(email), body: ofSetup })).toEqual({
      success: false,
    });
    server.clock.advance(5 * STEP);
    const body = { code: codeOf(secret, now()) };
    expect(await server.ok(sessionVerifyTotp, { token: await waitingSession(email), body })).toEqual({ success: true });
    expect(await server.ok(sessionVerifyTotp, { token: await waitingSession(email), body })).toEqual({
      success: false,
    });
    const before = { code: codeOf(secret, now() - STEP) };
    expect(await server.ok(sessionVerifyTotp, { token: await waitingSession(email), body: before })).toEqual({
      success: false,
    });
  });

  test('of fifty requests at once with one code, one succeeds', async () => {
    const { email, sessionToken } = await person('race@example.com');
    const secret = await turnTotpOn(server, sessionToken);
    const token = await waitingSession(email);
    const body = { code: codeOf(secret, now()) };
    const answers = await Promise.all(Array.from({ length: 50 }, () => server.ok(sessionVerifyTotp, { token, body })));
    expect(answers.filter(({ success }) => success)).toHaveLength(1);
  });

  test('of twenty completions of one set-up at once, one succeeds', async () => {
    const { email, token } = await person('completions@example.com');
    const { secret } = await server.ok(totpCreate, { token });
    await server.ok(totpSetupVerify, { token, body: { code: codeOf(secret, now()) } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => server.call(totpSetupComplete, { token })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await templates(email)).filter((name) => name === 'postAddTwoStepAuthentication')).toHaveLength(1);
  });
});

describe('the secret', () => {
  test('is shown as the QR code of an otpauth address with issuer and account', async () => {
    const { token, email } = await person('q r+1@example.com'.replace(' ', ''));
    const { secret, qrCodeUrl } = await server.ok(totpCreate, { token });
    const address = `otpauth://totp/Foxden:${encodeURIComponent(email)}?secret=${secret}&issuer=Foxden`;
    expect(readPng(qrCodeUrl, 5)).toEqual(encode(address, { ecc: 'M', border: 4 }).data);
  });

  test('is not in the database as it is', async () => {
    const { sessionToken, token, uid } = await person('sealed@example.com');
    const secret = secretHex(await turnTotpOn(server, sessionToken));
    await server.ok(totpReplaceStart, { token });
    const { db } = server.server.context.storage;
    const owner = Buffer.from(uid, 'hex');
    const rows = [
      ...(await db.selectFrom('totpTokens').selectAll().where('uid', '=', owner).execute()),
      ...(await db.selectFrom('pendingTotpSecrets').selectAll().where('uid', '=', owner).execute()),
    ];
    expect(rows).toHaveLength(2);
    for (const { sealedSecret } of rows) expect(Buffer.from(sealedSecret).toString('hex')).not.toContain(secret);
  });
});

/** The squares of a black-and-white PNG without filters; throws where it is none. */
function readPng(dataUrl: string, scale: number): boolean[][] {
  const [, base64 = ''] = /^data:image\/png;base64,(.+)$/.exec(dataUrl) ?? [];
  const file = Buffer.from(base64, 'base64');
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    chunks.set(file.toString('latin1', at + 4, at + 8), file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get('IHDR') ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  expect([...header.subarray(8)]).toEqual([1, 0, 0, 0, 0]);
  const pixels = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const stride = 1 + Math.ceil(width / 8);
  expect(pixels).toHaveLength(stride * height);
  const isBlack = (x: number, y: number) => ((pixels[y * stride + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0;
  const middle = Math.floor(scale / 2);
  return Array.from({ length: height / scale }, (_, row) =>
    Array.from({ length: width / scale }, (__, column) => isBlack(column * scale + middle, row * scale + middle)),
  );
}
