import { expect, it } from 'vitest';
import { createLogoutModel } from '../../src/pages/logout/model.js';
import { offline, refusal, testServer } from '../support/test-server.js';
import { rosa, testServices } from '../support/test-services.js';

const back = 'https://notes.example/bye?state=s';
const url = '/logout?id_token_hint=a.b.c&post_logout_redirect_uri=https%3A%2F%2Fnotes.example%2Fbye&state=s';
const describe = 'POST /oauth/logout';
const destroy = 'POST /session/destroy';

type Routes = Parameters<typeof testServer>[0];

/** The page as it is once the server has been asked. */
async function opened(routes: Routes, { nobody = false, at = url } = {}) {
  const account = nobody ? undefined : rosa;
  const services = testServices({ url: at, account, server: testServer({ [destroy]: {}, ...routes }) });
  const model = createLogoutModel(services);
  await new Promise<void>((resolve) => {
    const done = () => (model.state.get().phase !== 'checking' || services.navigation.left.length > 0) && resolve();
    model.state.subscribe(done);
    services.accounts.subscribe(() => queueMicrotask(done));
    model.start?.();
  });
  return { services, model, signedIn: () => services.accounts.get() !== undefined };
}

it('signs the person out whom the application means beyond doubt, and goes back', async () => {
  const { services, signedIn } = await opened({
    [describe]: { confirmed: true, client_name: 'Notes', redirect: back },
  });
  expect(services.navigation.left).toEqual([back]);
  expect(services.server.calls()).toEqual([describe, destroy]);
  expect(services.server.sent[0]?.body).toEqual({
    id_token_hint: 'a.b.c',
    post_logout_redirect_uri: 'https://notes.example/bye',
    state: 's',
  });
  expect(signedIn()).toBe(false);
});

it('asks the person otherwise, says who asks, and ends nothing before', async () => {
  const { services, model, signedIn } = await opened({
    [describe]: { confirmed: false, client_name: 'Notes', redirect: back },
  });
  expect(model.state.get()).toMatchObject({ phase: 'asking', application: 'Notes', email: rosa.email });
  expect(services.server.calls()).toEqual([describe]);
  expect(signedIn()).toBe(true);
  await model.signOut();
  expect(services.navigation.left).toEqual([back]);
  expect(signedIn()).toBe(false);
});

it('asks when nobody says who asks, and shows that it is done', async () => {
  const { services, model } = await opened({ [describe]: { confirmed: false } }, { at: '/logout' });
  expect(model.state.get()).toMatchObject({ phase: 'asking', application: undefined });
  await model.signOut();
  expect(model.state.get().phase).toBe('done');
  expect(services.navigation.left).toEqual([]);
});

it.each([
  ['the hint or the address is not right', refusal(107)],
  ['the application is unknown', refusal(162)],
])('asks, and leads nowhere, when %s', async (_, answer) => {
  const { services, model, signedIn } = await opened({ [describe]: answer });
  expect(model.state.get()).toMatchObject({ phase: 'asking', application: undefined, failure: undefined });
  expect(signedIn()).toBe(true);
  await model.signOut();
  expect([services.navigation.left, model.state.get().phase]).toEqual([[], 'done']);
});

it('goes back at once when nobody is signed in, and stays when the request is not right', async () => {
  const right = await opened({ [describe]: { confirmed: false, redirect: back } }, { nobody: true });
  expect([right.services.navigation.left, right.services.server.calls()]).toEqual([[back], [describe]]);
  const wrong = await opened({ [describe]: refusal(107) }, { nobody: true });
  expect([wrong.services.navigation.left, wrong.model.state.get().phase]).toEqual([[], 'done']);
});

it('counts a session that ended elsewhere as ended', async () => {
  const { services, signedIn } = await opened({
    [describe]: ({ authorization }) =>
      authorization === null ? { confirmed: false, redirect: back } : refusal(110, 401),
    [destroy]: refusal(110, 401),
  });
  expect(services.navigation.left).toEqual([back]);
  expect(signedIn()).toBe(false);
});

it('forgets nobody whose session may live on', async () => {
  const { model, signedIn } = await opened({
    [describe]: { confirmed: true, redirect: back },
    [destroy]: offline,
  });
  expect(model.state.get()).toMatchObject({ phase: 'asking', failure: { id: 'failure-unreachable' } });
  expect(signedIn()).toBe(true);
});

it('sends nobody where the server should not have sent them', async () => {
  const { services } = await opened({ [describe]: { confirmed: true, redirect: 'javascript:alert(1)' } });
  expect(services.navigation.left).toEqual([]);
});
