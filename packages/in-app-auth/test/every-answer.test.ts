import { AuthClientError } from '@foxden/auth-client';
import { AUTH_ERRORS } from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import {
  type ErrorName,
  type FailureName,
  type FlowType,
  STATE_NAMES,
  type StateName,
  targetOf,
} from '../src/index.js';
import { readFailure } from '../src/machine/read-failure.js';
import {
  EMAIL,
  LIFTABLE,
  ok,
  PASSWORD,
  type Rehearsal,
  type Reply,
  refused,
  rehearse,
  type Script,
  SESSION_TOKEN,
  session,
  throws,
} from './support/rehearsal.js';

/** What a step comes to: a state with or without an error, or the end of the flow. */
type Result = readonly [StateName, ErrorName?] | readonly ['failed', FailureName];

interface Working {
  readonly path: string;
  readonly flow: FlowType;
  /** Answers before the one in question. */
  readonly before: readonly Reply[];
  readonly script: Script;
  readonly lead: (rehearsal: Rehearsal) => Promise<void>;
  readonly back: StateName;
}

const enterAddress = async ({ machine, settled }: Rehearsal) => {
  await settled();
  if (machine.state.name === 'Start') machine.checkAccount(EMAIL);
};
const enterPassword = async (rehearsal: Rehearsal) => {
  await enterAddress(rehearsal);
  await rehearsal.settled();
  rehearsal.machine.setPassword(PASSWORD);
  rehearsal.machine.signIn();
};

/** How each working state is reached, and which request it then makes. */
const WORKING: Partial<Record<StateName, Working>> = {
  CheckingAccount: {
    path: '/account/status',
    flow: 'default',
    before: [],
    script: {},
    lead: enterAddress,
    back: 'Start',
  },
  SigningIn: { path: '/account/login', flow: 'default', before: [], script: {}, lead: enterPassword, back: 'SignIn' },
  VerifyingUnblockCode: {
    path: '/account/login',
    flow: 'default',
    before: [LIFTABLE],
    script: {},
    async lead(rehearsal) {
      await enterPassword(rehearsal);
      await rehearsal.settled();
      rehearsal.machine.verifyUnblockCode('ABCD2345');
    },
    back: 'UnblockCodeNeeded',
  },
  VerifyingSessionEmailCode: {
    path: '/session/verify_code',
    flow: 'default',
    before: [],
    script: { '/account/login': [session(false, 'email-otp')] },
    async lead(rehearsal) {
      await enterPassword(rehearsal);
      await rehearsal.settled();
      rehearsal.machine.verifySessionEmailCode('123456');
    },
    back: 'VerificationSessionByEmailNeeded',
  },
  VerifyingSessionTotpCode: {
    path: '/session/verify/totp',
    flow: 'default',
    before: [],
    script: { '/account/login': [session(false, 'totp-2fa')] },
    async lead(rehearsal) {
      await enterPassword(rehearsal);
      await rehearsal.settled();
      rehearsal.machine.verifySessionTotpCode('123456');
    },
    back: 'VerificationSessionByTotpNeeded',
  },
  DeletingAccount: {
    path: '/account/destroy',
    flow: 'accountDeletion',
    before: [],
    script: {},
    async lead(rehearsal) {
      await enterPassword(rehearsal);
      await rehearsal.settled();
      rehearsal.machine.deleteAccount();
    },
    back: 'AccountDeletionRequest',
  },
};

/** The error map of the reference (in-app-auth §7), written out once more. */
function expected(state: StateName, { back, flow }: Working, errno: number): Result {
  const toStart = (error: ErrorName): Result =>
    flow === 'default' ? ['Start', error] : ['failed', 'AuthenticationError'];
  switch (errno) {
    case 101:
      return toStart('AccountAlreadyExists');
    case 102:
      return toStart('UnknownAccount');
    case 103:
      return ['SignIn', 'IncorrectPassword'];
    case 105:
      return [back, 'InvalidEmailCode'];
    case 114:
      return [flow === 'default' ? 'Start' : 'SignIn', 'TooManyRequests'];
    case 127:
      return ['UnblockCodeNeeded', 'InvalidUnblockCode'];
    case 136:
      return toStart('EmailAlreadyExists');
    case 142:
      return toStart('EmailTypeNotSupported');
    case 149:
      return toStart('EmailCanNotBeUsedToLogin');
    case 151:
      return ['SignIn', 'FailedToSendEmail'];
    case 152:
    case 183:
      return [back, state === 'VerifyingSessionTotpCode' ? 'InvalidTotpCode' : 'InvalidOrExpiredVerificationCode'];
    case 201:
      return toStart('ServerUnavailable');
    case 207:
      return toStart('AccountCreationRejected');
    default:
      return [back, 'Unexpected'];
  }
}

/** Leads a machine to the state, gives it the answer, and tells what came of it. */
async function outcomeOf(state: StateName, working: Working, reply: Reply): Promise<Result> {
  const { path, flow, before, script, lead } = working;
  const rehearsal = rehearse({ ...script, [path]: [...before, reply] }, { type: flow });
  await lead(rehearsal);
  expect(rehearsal.machine.state.name).toBe(state);
  const from = rehearsal.events.length;
  await Promise.race([rehearsal.settled(), rehearsal.result]);
  const events = rehearsal.events.slice(from);
  const errors = events.flatMap((event) => (event.type === 'errorOccurred' ? [event.error] : []));
  const failures = events.flatMap((event) => (event.type === 'failed' ? [event.failure] : []));
  expect(errors.length + failures.length, JSON.stringify(events)).toBeLessThanOrEqual(1);
  const [failure] = failures;
  if (failure !== undefined) return ['failed', failure];
  const [error] = errors;
  const { name } = rehearsal.machine.state;
  expect(rehearsal.machine.state.error).toEqual(error);
  rehearsal.machine.cancel();
  await rehearsal.result;
  return error === undefined ? [name] : [name, error.name];
}

const ERRNOS = [...new Set([...Object.values(AUTH_ERRORS).map(({ errno }) => errno), 999, 0])].filter(
  (errno) => errno !== 107,
);

describe.each(Object.entries(WORKING) as [StateName, Working][])('%s', (state, working) => {
  const outcome = (reply: Reply) => outcomeOf(state, working, reply);

  it('answers every errno with one error and a state in which something can be done', async () => {
    for (const errno of ERRNOS) {
      expect(await outcome(refused(errno)), `errno ${errno}`).toEqual(expected(state, working, errno));
    }
  });

  it('reads from errno 107 which member was refused', async () => {
    const invalid = (...keys: string[]) => outcome(refused(107, { validation: { source: 'payload', keys } }));
    const inBack = (error: ErrorName): Result => [working.back, error];
    expect(await invalid('code', 'email', 'unblockCode')).toEqual(['UnblockCodeNeeded', 'InvalidUnblockCode']);
    expect(await invalid('code', 'email')).toEqual(
      working.flow === 'default' ? ['Start', 'InvalidEmailAddress'] : ['failed', 'AuthenticationError'],
    );
    expect(await invalid('code')).toEqual(
      inBack(state === 'VerifyingSessionTotpCode' ? 'InvalidTotpCode' : 'InvalidOrExpiredVerificationCode'),
    );
    expect(await invalid('authPW')).toEqual(inBack('Unexpected'));
    expect(await outcome(refused(107))).toEqual(inBack('Unexpected'));
  });

  it('goes to the unblock code from a block that a mail lifts, whichever number says so', async () => {
    const error = state === 'VerifyingUnblockCode' ? (['InvalidUnblockCode'] as const) : [];
    expect(await outcome(LIFTABLE)).toEqual(['UnblockCodeNeeded', ...error]);
    const throttled = refused(114, { retryAfter: 900, verificationMethod: 'email-captcha' }, 429);
    expect(await outcome(throttled)).toEqual(['UnblockCodeNeeded', ...error]);
  });

  it('goes back on what is no answer of the protocol', async () => {
    const html =
      (status: number): Reply =>
      () =>
        new Response('<h1>Bad Gateway</h1>', { status });
    for (const reply of [
      html(200),
      html(401),
      html(502),
      html(503),
      refused(undefined),
      ok(7),
      ok(null),
      () => Response.json([], { status: 500 }),
    ]) {
      expect(await outcome(reply)).toEqual([working.back, 'Unexpected']);
    }
  });

  it('ends the flow where there is no connection, save for a sign-in that took too long', async () => {
    const timeout = throws(new AuthClientError({ kind: 'timeout', message: 'late' }));
    const isSignIn = state === 'SigningIn' || state === 'VerifyingUnblockCode';
    expect(await outcome(timeout)).toEqual(
      isSignIn ? ['SignIn', 'ConnectionTimeout'] : ['failed', 'DependentConnectionError'],
    );
    expect(await outcome(throws(new TypeError('fetch failed')))).toEqual(['failed', 'ConnectionFailureError']);
    const unknownHost = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    expect(await outcome(throws(new TypeError('fetch failed', { cause: unknownHost })))).toEqual([
      'failed',
      'NoConnectionError',
    ]);
  });
});

describe('answers that hold less than they should', () => {
  it.each([
    ['CheckingAccount', ok({})],
    ['CheckingAccount', ok({ exists: 'yes' })],
    ['SigningIn', ok({})],
    ['SigningIn', ok({ sessionToken: 'short', verified: true })],
    ['SigningIn', session(false)],
    ['SigningIn', session(false, 'email')],
    ['SigningIn', session(false, 'email-2fa')],
    ['SigningIn', session(false, 'email-captcha')],
    ['VerifyingUnblockCode', session(false, 'email')],
  ] as const)('lead back from %s with Unexpected (%#)', async (state, reply) => {
    const working = WORKING[state];
    if (working === undefined) throw new Error(state);
    expect(await outcomeOf(state, working, reply)).toEqual([working.back, 'Unexpected']);
  });

  it('do not leave a session behind that cannot be used', async () => {
    const rehearsal = rehearse({ '/account/login': [session(false, 'email-2fa')] });
    await enterPassword(rehearsal);
    await rehearsal.settled();
    rehearsal.machine.cancel();
    await rehearsal.result;
    expect(rehearsal.asked.filter((path) => path === '/session/destroy')).toHaveLength(1);
  });

  it('are refused codes where the authenticator’s code is not said to be right', async () => {
    const totp = WORKING.VerifyingSessionTotpCode;
    if (totp === undefined) throw new Error('gone');
    for (const reply of [ok({}), ok({ success: 'true' }), ok({ success: false })]) {
      expect(await outcomeOf('VerifyingSessionTotpCode', totp, reply)).toEqual([totp.back, 'InvalidTotpCode']);
    }
  });
});

describe('signing up', () => {
  const signUp = async (reply: Reply): Promise<Result> => {
    const working: Working = {
      path: '/account/create',
      flow: 'default',
      before: [],
      script: { '/account/status': [ok({ exists: false })] },
      async lead(rehearsal) {
        await enterAddress(rehearsal);
        await rehearsal.settled();
        rehearsal.machine.setPassword(PASSWORD);
        rehearsal.machine.signUp();
      },
      back: 'SignUp',
    };
    return outcomeOf('SigningUp', working, reply);
  };

  it.each([
    [101, 'Start', 'AccountAlreadyExists'],
    [114, 'Start', 'TooManyRequests'],
    [126, 'SignUp', 'Unexpected'],
    [127, 'UnblockCodeNeeded', 'InvalidUnblockCode'],
    [151, 'SignIn', 'FailedToSendEmail'],
    [183, 'SignUp', 'InvalidOrExpiredVerificationCode'],
  ] as const)('leads on errno %i to %s with %s', async (errno, state, error) => {
    expect(await signUp(refused(errno))).toEqual([state, error]);
  });

  it('ends with its connection, and goes back on nonsense', async () => {
    expect(await signUp(throws(new TypeError('fetch failed')))).toEqual(['failed', 'ConnectionFailureError']);
    expect(await signUp(ok({ sessionToken: SESSION_TOKEN }))).toEqual(['SignUp', 'Unexpected']);
  });
});

describe('finalizing', () => {
  it.each([
    ['an error of the protocol', refused(138), 'AuthenticationError'],
    ['a member that is missing', ok({ code: 'c', state: 's' }), 'AuthenticationError'],
    ['a proxy’s page', () => new Response('', { status: 502 }), 'IgnoredError'],
    ['no service', () => new Response('', { status: 503 }), 'ConnectionFailureError'],
    ['no connection', throws(new TypeError('fetch failed')), 'ConnectionFailureError'],
    [
      'no answer in time',
      throws(new AuthClientError({ kind: 'timeout', message: 'late' })),
      'DependentConnectionError',
    ],
  ] as const)('ends the flow on %s, and the session with it', async (_, reply, failure) => {
    const rehearsal = rehearse({ '/oauth/authorization': [reply] });
    await enterPassword(rehearsal);
    expect(await rehearsal.result).toMatchObject({ type: 'failed', failure });
    expect(rehearsal.asked.at(-1)).toBe('/session/destroy');
  });
});

it('the table has a row for whatever a request throws, in every state that works and every flow', () => {
  const working = STATE_NAMES.filter((state) => targetOf(state, 'Unexpected', 'default') !== undefined);
  expect(working).toHaveLength(7);
  const thrown: unknown[] = ['malformed', 'timeout', 'network', 'aborted'].map(
    (kind) => new AuthClientError({ kind: kind as 'timeout', message: '' }),
  );
  for (let errno = 0; errno < 1000; errno += 1) {
    for (const body of [
      {},
      { verificationMethod: 'email-captcha' },
      { validation: { keys: ['email'] } },
      { validation: { keys: 7 } },
    ]) {
      thrown.push(new AuthClientError({ kind: 'api', message: '', errno, body }));
    }
  }
  const missing: string[] = [];
  for (const state of working) {
    for (const flow of ['default', 'accountDeletion', 'reauthentication'] as const) {
      for (const error of [...thrown, new TypeError('nobody knows'), 'text']) {
        const { trigger } = readFailure(error, state, () => true);
        if (targetOf(state, trigger, flow) === undefined) missing.push(`${state} ${trigger} ${flow}`);
      }
    }
  }
  expect(missing).toEqual([]);
});
