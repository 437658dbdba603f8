import { describe, expect, it } from 'vitest';
import { createConsentModel } from '../../src/pages/consent/model.js';
import { createContinueAsModel } from '../../src/pages/continue-as/model.js';
import { createFinishModel } from '../../src/pages/finish/model.js';
import { createLinkModel } from '../../src/pages/link/model.js';
import { createSignedInModel } from '../../src/pages/signed-in/model.js';
import { type Answer, offline, refusal, testServer } from '../support/test-server.js';
import { oauthFlow, rosa, sessionStatus, stranger, testServices } from '../support/test-services.js';

const redirect = 'https://census.example/callback?code=c0&state=the+state';
const granting = (more: Parameters<typeof testServer>[0] = {}) =>
  testServer({
    'GET /session/status': sessionStatus(),
    'POST /oauth/authorization': { code: 'c0', state: 'the state', redirect, scope: '' },
    ...more,
  });

const atStranger = (server = granting(), scope?: string[]) =>
  testServices({
    url: '/authorization?client_id=b0b1b2b3b4b5b6b7',
    account: rosa,
    server,
    flow: { oauth: oauthFlow(stranger, scope === undefined ? {} : { scope }) },
  });

describe('continue as', () => {
  it('is one click to what comes next', async () => {
    const services = atStranger();
    const model = createContinueAsModel(services);
    expect(model.state.get().email).toBe(rosa.email);
    await model.submit();
    expect(services.navigation.entries.at(-1)?.state).toEqual({ page: 'consent' });
  });

  it('lets another account be used', () => {
    const services = atStranger();
    createContinueAsModel(services).useAnother();
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/authorization', state: { page: 'email' } });
  });

  it('notices that another tab has signed out', () => {
    const services = atStranger();
    const stop = createContinueAsModel(services).start?.();
    services.accounts.set(undefined);
    expect(services.navigation.here().arrival).toBe(1);
    stop?.();
    services.accounts.set(rosa);
    expect(services.navigation.here().arrival).toBe(1);
  });

  it('tells that the server cannot be reached, and can be tried again', async () => {
    const services = atStranger(granting({ 'GET /session/status': offline }));
    const model = createContinueAsModel(services);
    await model.submit();
    expect(model.state.get()).toMatchObject({ busy: false, failure: { id: 'failure-unreachable' } });
  });
});

describe('consent', () => {
  it('says who asks, where it is, and for what, each thing once', () => {
    const scope = ['openid', 'profile:uid', 'email', 'profile:email', 'profile:display_name'];
    expect(createConsentModel(atStranger(granting(), scope)).state.get()).toMatchObject({
      application: 'Tree Census',
      host: 'census.example',
      grants: [
        { id: 'consent-grant-signed-in' },
        { id: 'consent-grant-email', args: { email: rosa.email } },
        { id: 'consent-grant-display-name' },
      ],
    });
  });

  it('spells the whole profile out, and names what it has no words for', () => {
    const scope = [
      'profile',
      'https://identity.mozilla.com/apps/oldsync',
      'https://example.org/apps/trees#read',
      'basket',
    ];
    const { grants } = createConsentModel(atStranger(granting(), scope)).state.get();
    expect(grants.map(({ id, args }) => args?.['name'] ?? id)).toEqual([
      'consent-grant-signed-in',
      'consent-grant-email',
      'consent-grant-display-name',
      'consent-grant-avatar',
      'consent-grant-locale',
      'consent-grant-security',
      'consent-grant-sync',
      'apps/trees#read',
      'basket',
    ]);
  });

  it('goes back to the application when it is allowed', async () => {
    const services = atStranger();
    await createConsentModel(services).submit();
    expect(services.navigation.left).toEqual([redirect]);
  });

  it('tells the application when it is not, and asks the server nothing', () => {
    const services = atStranger();
    createConsentModel(services).deny();
    expect(services.navigation.left).toEqual([
      'https://census.example/callback?error=access_denied&state=the+state&iss=https%3A%2F%2Faccounts.example.org',
    ]);
    expect(services.server.sent).toEqual([]);
  });

  it('leaves once, whatever is pressed meanwhile', async () => {
    const services = atStranger();
    const model = createConsentModel(services);
    const allowed = model.submit();
    model.deny();
    await allowed;
    expect(services.navigation.left).toEqual([redirect]);
  });
});

describe('another try', () => {
  it('tells what went wrong, and goes on from there', async () => {
    const services = testServices({
      url: '/authorization',
      account: rosa,
      server: granting(),
      flow: { oauth: oauthFlow() },
      state: { page: 'finish', notice: { id: 'failure-unreachable' } },
    });
    const model = createFinishModel(services);
    expect(model.state.get().failure).toEqual({ id: 'failure-unreachable' });
    await model.submit();
    expect(services.navigation.left).toEqual([redirect]);
  });
});

describe('signed in', () => {
  const at = (server = granting({ 'POST /session/destroy': {} })) => testServices({ account: rosa, server });

  it('signs out: here, and on the server', async () => {
    const services = at();
    services.visit.prove(rosa.uid, { kB: new Uint8Array(32) });
    await createSignedInModel(services).signOut();
    expect(services.server.calls()).toEqual(['POST /session/destroy']);
    expect(services.accounts.get()).toBeUndefined();
    expect(services.visit.hasKeys(rosa.uid)).toBe(false);
    expect(services.navigation.entries.at(-1)?.state.notice).toEqual({ id: 'notice-signed-out' });
  });

  it('stays signed in where the server could not end the session', async () => {
    const services = at(granting({ 'POST /session/destroy': offline }));
    const model = createSignedInModel(services);
    await model.signOut();
    expect(services.accounts.get()).toEqual(rosa);
    expect(model.state.get()).toMatchObject({ busy: false, failure: { id: 'failure-unreachable' } });
  });

  it('signs out of a session that has ended already', async () => {
    const services = at(granting({ 'POST /session/destroy': refusal(110, 401) }));
    await createSignedInModel(services).signOut();
    expect(services.accounts.get()).toBeUndefined();
  });

  it.each([
    ['an address that is not confirmed', sessionStatus({ emailVerified: false }), '/confirm_signup_code'],
    ['a session that has ended', refusal(110, 401), '/'],
  ])('finds out about %s after it is shown', async (_, answer, path) => {
    const services = at(granting({ 'GET /session/status': answer }));
    const arrived = new Promise<void>((resolve) => services.navigation.subscribe(resolve));
    createSignedInModel(services).start?.();
    await arrived;
    expect(services.navigation.entries.at(-1)?.path).toBe(path);
  });
});

describe('a mailed link', () => {
  const uid = rosa.uid;
  const url = `/verify_email?uid=${uid}&code=${'0'.repeat(32)}`;
  const verifying = (answer: Answer = {}) => testServer({ 'POST /recovery_email/verify_code': answer });

  it('confirms the address by being opened', async () => {
    const services = testServices({ url, server: verifying() });
    const model = createLinkModel(services);
    await model.verify();
    expect(services.server.sent[0]?.body).toEqual({ uid, code: '0'.repeat(32) });
    expect(model.state.get()).toMatchObject({ kind: 'email', phase: 'confirmed', signedInHere: false });
  });

  it('offers to go on where the same account is signed in', async () => {
    const model = createLinkModel(testServices({ url, account: rosa, server: verifying() }));
    await model.verify();
    expect(model.state.get().signedInHere).toBe(true);
  });

  it('leads to signing in where the sign-up kept no session', async () => {
    const services = testServices({ url, server: verifying(), hideAccounts: true });
    const model = createLinkModel(services);
    await model.verify();
    expect(model.state.get()).toMatchObject({ signedInHere: false, mustSignIn: true });
    model.signIn();
    expect(services.navigation.left).toEqual(['/signin']);
    const signedIn = createLinkModel(testServices({ url, account: rosa, server: verifying(), hideAccounts: true }));
    await signedIn.verify();
    expect(signedIn.state.get()).toMatchObject({ signedInHere: true, mustSignIn: false });
    const bySession = testServices({ url: url.replace('verify_email', 'complete_signin'), server: verifying() });
    const confirming = createLinkModel({ ...bySession, config: { ...bySession.config, hideAccounts: true } });
    await confirming.verify();
    expect(confirming.state.get()).toMatchObject({ kind: 'sign-in', mustSignIn: false });
  });

  it('does not send what is no code', async () => {
    for (const broken of [`/verify_email?uid=${uid}`, '/verify_email', `${url}0`, url.replace('code=0', 'code=g')]) {
      const services = testServices({ url: broken });
      const model = createLinkModel(services);
      await model.verify();
      expect(model.state.get()).toMatchObject({ phase: 'failed', failure: { id: 'link-failed-broken' }, retry: false });
      expect(services.server.sent).toEqual([]);
    }
  });

  it.each([
    ['was used', () => refusal(105), 'link-failed-expired', false],
    ['is of an account that is gone', () => refusal(102), 'link-failed-expired', false],
    ['meets no connection', offline, 'failure-unreachable', true],
  ])('tells that it %s', async (_, answer, id, retry) => {
    const model = createLinkModel(testServices({ url, server: verifying(answer) }));
    await model.verify();
    expect(model.state.get()).toMatchObject({ phase: 'failed', failure: { id }, retry });
  });
});
