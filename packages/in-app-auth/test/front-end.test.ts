import { createAuthClient } from '@foxden/auth-client';
import { describe, expect, it } from 'vitest';
import {
  AuthenticationInApp,
  ENGLISH,
  ERROR_NAMES,
  errorMessage,
  FAILURES,
  failureMessage,
  format,
  type InAppState,
  STATE_NAMES,
  type TelemetryEvent,
  textBundle,
  WrongStateError,
} from '../src/index.js';
import { describeState } from '../src/machine/state.js';
import { EMAIL, friend, LIFTABLE, PASSWORD, refused, rehearse, SESSION_TOKEN, session } from './support/rehearsal.js';

describe('texts', () => {
  const bundle = textBundle();
  const say = (name: (typeof ERROR_NAMES)[number], retryAfterSec = 0) =>
    format(bundle, errorMessage({ name, retryAfterSec }));
  const withoutMarks = (text: string) => text.replace(/[\u2068\u2069]/g, '');

  it('has one for every error and every failure, and none besides', () => {
    const ids = [
      ...ERROR_NAMES.map((name) => errorMessage({ name, retryAfterSec: 0 }).id),
      ...FAILURES.map((name) => failureMessage(name).id),
    ];
    expect([...ENGLISH.matchAll(/^[a-z-]+(?= =)/gm)].map(([id]) => id).sort()).toEqual(ids.sort());
    for (const id of ids) expect(format(bundle, { id, args: {} })).not.toBe(id);
  });

  it.each([
    [0, '15 minutes'],
    [-5, '15 minutes'],
    [1, 'in a minute'],
    [60, 'in a minute'],
    [61, '2 minutes'],
    [930, '16 minutes'],
  ])('says how long to wait for %i seconds', (seconds, text) => {
    expect(withoutMarks(say('TooManyRequests', seconds))).toContain(text);
  });

  it('takes a translation over the English, as far as it goes', () => {
    const german = textBundle('de', 'in-app-error-incorrect-password = Das ist nicht das Passwort.');
    expect(format(german, { id: 'in-app-error-incorrect-password', args: {} })).toBe('Das ist nicht das Passwort.');
    expect(format(german, { id: 'in-app-error-unexpected', args: {} })).toBe(say('Unexpected'));
  });
});

/** A front end whose switch the compiler checks for completeness: it fails to compile when a state is added. */
function screenOf(state: InAppState): string {
  switch (state.name) {
    case 'Start':
    case 'IsStubAccount':
    case 'IsSsoAccount':
      return `address ${state.emailAddress}`;
    case 'SignIn':
    case 'SignUp':
      return 'password';
    case 'UnblockCodeNeeded':
    case 'VerificationSessionByEmailNeeded':
    case 'VerificationSessionByTotpNeeded':
      return `${state.codeLength} characters`;
    case 'AccountDeletionRequest':
      return state.attachedClients.join();
    case 'FallbackInBrowser':
      return state.url;
    case 'Initializing':
    case 'CheckingAccount':
    case 'SigningIn':
    case 'SigningUp':
    case 'VerifyingUnblockCode':
    case 'VerifyingSessionEmailCode':
    case 'VerifyingSessionTotpCode':
    case 'Finalizing':
    case 'DeletingAccount':
      return 'patience';
  }
}

describe('a front end', () => {
  it('switches over the states, each of which has what its screen needs', () => {
    const data = {
      flow: 'default',
      emailAddress: EMAIL,
      attachedClients: ['Firefox', 'VPN'],
      browserUrl: 'https://a.example.com/',
    } as const;
    expect(STATE_NAMES.map((name) => screenOf(describeState(name, data)))).not.toContain(undefined);
    expect(screenOf(describeState('UnblockCodeNeeded', data))).toBe('8 characters');
    expect(screenOf(describeState('AccountDeletionRequest', data))).toBe('Firefox,VPN');
    expect(screenOf(describeState('FallbackInBrowser', data))).toBe('https://a.example.com/');
  });

  it('that calls what the state lacks is told at once, and nothing is sent', async () => {
    const { machine, asked, settled } = rehearse({});
    await settled();
    expect(machine.state).toMatchObject({
      name: 'Start',
      methods: ['checkAccount', 'reset', 'cancel'],
      emailAddress: '',
    });
    expect(() => machine.signIn()).toThrow(WrongStateError);
    expect(() => machine.verifyUnblockCode('ABCD2345')).toThrow('verifyUnblockCode() cannot be called in Start');
    expect(() => machine.start()).toThrow(WrongStateError);
    expect(() => machine.validatePasswordEmail(PASSWORD)).toThrow(WrongStateError);
    expect(asked).toEqual([]);
  });

  it('cannot begin for somebody who is signed in without saying who', () => {
    const machine = new AuthenticationInApp(fresh());
    expect(() => machine.start({ type: 'accountDeletion' })).toThrow(TypeError);
  });

  it('sees the error of the last step in the state, until the next step', async () => {
    const { machine, settled } = rehearse({ '/account/login': [refused(103), session(false, 'email-otp')] });
    await settled();
    machine.checkAccount(EMAIL);
    await settled();
    machine.setPassword('wrong');
    machine.signIn();
    await settled();
    expect(machine.state.error).toMatchObject({ name: 'IncorrectPassword', errno: 103 });
    machine.setPassword(PASSWORD);
    machine.signIn();
    await settled();
    expect(machine.state).toMatchObject({ name: 'VerificationSessionByEmailNeeded', codeLength: 6 });
    expect(machine.state.error).toBeUndefined();
  });

  it('hears everything in its order, also what another listener caused meanwhile', async () => {
    const { machine, settled } = rehearse({ '/account/login': [refused(103), session(true)] });
    await settled();
    const told: string[] = [];
    let tries = 0;
    machine.subscribe((event) => {
      if (event.type !== 'stateChanged' || event.state.name !== 'SignIn') return;
      tries += 1;
      machine.setPassword(`try ${tries}`);
      machine.signIn();
    });
    const over = new Promise<void>((resolve) => {
      machine.subscribe((event) => {
        if (event.type === 'stateChanged') told.push(event.state.name);
        if (event.type === 'errorOccurred') told.push(event.error.name);
        if (event.type === 'terminated') resolve();
      });
    });
    machine.checkAccount(EMAIL);
    await over;
    expect(told).toEqual([
      ...['CheckingAccount', 'SignIn', 'SigningIn', 'SignIn', 'IncorrectPassword', 'SigningIn', 'Finalizing'],
      'Initializing',
    ]);
  });

  it('hears of a mail that was not sent again, and stays where it is', async () => {
    const { machine, events, settled } = rehearse({
      '/account/login': [session(false, 'email-otp')],
      '/session/resend_code': [refused(114, { retryAfter: 30 }, 429)],
    });
    await settled();
    machine.checkAccount(EMAIL);
    await settled();
    machine.setPassword(PASSWORD);
    machine.signIn();
    await settled();
    const error = new Promise((resolve) => {
      machine.subscribe((event) => event.type === 'errorOccurred' && resolve(event.error));
    });
    machine.resendVerificationSessionCodeEmail();
    expect(await error).toMatchObject({ name: 'TooManyRequests', retryAfterSec: 30 });
    expect(machine.state).toMatchObject({
      name: 'VerificationSessionByEmailNeeded',
      error: { name: 'TooManyRequests' },
    });
    expect(events.filter(({ type }) => type === 'errorOccurred')).toHaveLength(1);
  });

  it('gets nothing of the person before when it begins again', async () => {
    const { machine, settled, asked, result } = rehearse({ '/account/login': [session(false, 'totp-2fa')] });
    await settled();
    machine.checkAccount(EMAIL);
    await settled();
    machine.setPassword(PASSWORD);
    machine.signIn();
    await settled();
    machine.reset();
    expect(machine.state).toMatchObject({ name: 'Start', emailAddress: '' });
    machine.checkAccount('lena@example.com');
    await settled();
    expect(machine.state.emailAddress).toBe('lena@example.com');
    machine.cancel();
    await result;
    expect(asked.filter((path) => path === '/session/destroy')).toHaveLength(1);
  });

  it('may mend the password on the screen of the unblock code', async () => {
    const { machine, settled, result } = rehearse({ '/account/login': [LIFTABLE, session(true)] });
    await settled();
    machine.checkAccount(EMAIL);
    await settled();
    machine.setPassword('wrong');
    machine.signIn();
    await settled();
    machine.setPassword(PASSWORD);
    machine.verifyUnblockCode('ABCD2345');
    expect(await result).toMatchObject({ type: 'completed' });
  });
});

describe('telemetry', () => {
  it('counts the steps and codes of a sign-in, and says nothing of the person', async () => {
    const counted: TelemetryEvent[] = [];
    const replies: Record<string, unknown> = {
      '/v1/account/status': { exists: true, hasPassword: true },
      '/v1/account/login': { sessionToken: SESSION_TOKEN, verified: false, verificationMethod: 'totp-2fa' },
      '/v1/session/verify/totp': { success: true },
      '/v1/oauth/authorization': { code: 'c', state: 's', redirect: 'https://app.example.com/' },
    };
    const fetch: typeof globalThis.fetch = async (input) =>
      Response.json(replies[new URL(String(input)).pathname] ?? {});
    const machine = new AuthenticationInApp({
      client: createAuthClient({ baseUrl: 'https://accounts.example.com', fetch }),
      relyingParty: friend,
      telemetry: (event) => counted.push(event),
    });
    const until = (name: string) =>
      new Promise<void>((resolve) => {
        machine.subscribe((event) => event.type === 'stateChanged' && event.state.name === name && resolve());
      });
    const result = machine.start();
    await until('Start');
    machine.checkAccount(EMAIL);
    await until('SignIn');
    machine.setPassword(PASSWORD);
    machine.signIn();
    await until('VerificationSessionByTotpNeeded');
    machine.verifySessionTotpCode('123456');
    await result;
    expect(counted.filter(({ name }) => name !== 'step')).toEqual([
      { name: 'loginStarted' },
      { name: 'twoFaVerificationSucceeded', type: 'totp' },
      { name: 'loginEnded' },
    ]);
    expect(counted.flatMap((event) => (event.name === 'step' ? [event.state] : []))).toEqual([
      ...['Start', 'CheckingAccount', 'SignIn', 'SigningIn'],
      ...['VerificationSessionByTotpNeeded', 'VerifyingSessionTotpCode', 'Finalizing'],
    ]);
    expect(JSON.stringify(counted)).not.toContain('rosa');
  });
});

function fresh() {
  return { client: createAuthClient({ baseUrl: 'https://accounts.example.com' }), relyingParty: friend };
}
