import { describe, expect, it } from 'vitest';
import { createEmailModel } from '../../src/pages/email/model.js';
import { offline, refusal, testServer } from '../support/test-server.js';
import { oauthFlow, testServices } from '../support/test-services.js';

const exists = (answer: boolean) => testServer({ 'POST /account/status': { exists: answer } });

describe('entering an address', () => {
  it('goes to the password of an account that exists', async () => {
    const services = testServices({ server: exists(true) });
    await createEmailModel(services).submit(' rosa@example.org ');
    expect(services.server.sent[0]?.body).toEqual({ email: 'rosa@example.org' });
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/signin', state: { email: 'rosa@example.org' } });
  });

  it('goes to making an account where there is none', async () => {
    const services = testServices({ server: exists(false) });
    await createEmailModel(services).submit('rosa@example.org');
    expect(services.navigation.entries.at(-1)?.path).toBe('/signup');
  });

  it.each([
    [true, '/oauth/signin'],
    [false, '/oauth/signup'],
  ])('keeps to the application’s paths (account exists: %s)', async (answer, path) => {
    const services = testServices({ server: exists(answer), flow: { oauth: oauthFlow() } });
    await createEmailModel(services).submit('rosa@example.org');
    expect(services.navigation.entries.at(-1)?.path).toBe(path);
  });

  it('remembers what was typed for whoever goes back, who is not sent forward again', async () => {
    const services = testServices({
      url: '/?email=hint%40example.org',
      server: exists(true),
      state: { page: 'email' },
    });
    await createEmailModel(services).submit('rosa@example.org');
    services.navigation.back();
    const back = createEmailModel(services);
    back.start?.();
    expect(back.state.get().email).toBe('rosa@example.org');
    expect(services.server.sent).toHaveLength(1);
  });

  it.each([
    ['', 'email-error-missing'],
    ['   ', 'email-error-missing'],
    ['rosa', 'email-error-format'],
    ['rosa@localhost', 'email-error-format'],
    ['rosa@example.org, bo@example.org', 'email-error-format'],
  ])('asks nobody about %o', async (typed, id) => {
    const services = testServices();
    const model = createEmailModel(services);
    await model.submit(typed);
    expect(model.state.get()).toMatchObject({ busy: false, error: { id } });
    expect(services.server.sent).toEqual([]);
  });

  it('gives each failed attempt an error of its own, so that the field is focused again', async () => {
    const model = createEmailModel(testServices());
    await model.submit('rosa');
    const { error } = model.state.get();
    await model.submit('rosa');
    expect(model.state.get().error).toEqual(error);
    expect(model.state.get().error).not.toBe(error);
  });

  it.each([
    ['an address that is an account’s additional one', () => refusal(144), { error: { id: 'email-error-secondary' } }],
    ['an address that the server finds malformed', () => refusal(107), { error: { id: 'email-error-format' } }],
    ['no connection', offline, { failure: { id: 'failure-unreachable' } }],
    [
      'too many attempts',
      () => refusal(114, 429, { 'Retry-After': '850' }),
      { failure: { id: 'failure-throttled-minutes', args: { minutes: 15 } } },
    ],
  ])('tells about %s', async (_, answer, told) => {
    const services = testServices({ server: testServer({ 'POST /account/status': answer }) });
    const model = createEmailModel(services);
    await model.submit('rosa@example.org');
    expect(model.state.get()).toMatchObject({ busy: false, ...told });
    expect(services.navigation.entries).toHaveLength(1);
  });
});

describe('where accounts are hidden', () => {
  it.each([
    ['/', '/signin'],
    ['/signin', '/signin'],
    ['/signup', '/signup'],
    ['/authorization?action=signup', '/oauth/signup'],
    ['/oauth/signin?action=signup', '/oauth/signin'],
  ])('nobody is asked, and the address that was opened decides: %s leads to %s', async (url, path) => {
    const oauth = url.includes('action') ? { oauth: oauthFlow() } : {};
    const services = testServices({ url, hideAccounts: true, flow: oauth });
    await createEmailModel(services).submit('rosa@example.org');
    expect(services.server.sent).toEqual([]);
    expect(services.navigation.entries.at(-1)).toEqual({ path, state: { email: 'rosa@example.org' } });
  });
});

describe('arriving', () => {
  it('goes on by itself when the link names the person, in place of this page', async () => {
    const services = testServices({ url: '/?login_hint=rosa%40example.org', server: exists(true) });
    const model = createEmailModel(services);
    model.start?.();
    await new Promise<void>((resolve) => services.navigation.subscribe(resolve));
    expect(services.navigation.entries).toEqual([{ path: '/signin', state: { email: 'rosa@example.org' } }]);
  });

  it('stays when the link names nobody, or no address', () => {
    for (const url of ['/', '/?email=nonsense']) {
      const services = testServices({ url });
      createEmailModel(services).start?.();
      expect(services.server.sent).toEqual([]);
    }
  });

  it('tells what the step before left to tell', () => {
    const notice = { id: 'notice-signed-out' };
    const services = testServices({ state: { page: 'email', notice } });
    expect(createEmailModel(services).state.get().notice).toEqual(notice);
  });
});
