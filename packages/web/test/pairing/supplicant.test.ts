import { PairingError, type PairingFailure, type Supplicant } from '@foxden/pairing';
import { describe, expect, it } from 'vitest';
import { createPairSupplicantModel } from '../../src/pages/pair-supplicant/model.js';
import type { SupplicantFlow } from '../../src/pairing/pairing-flow.js';
import { choosePage } from '../../src/routing/choose-page.js';
import { createStore } from '../../src/store.js';
import { rosa, testServices } from '../support/test-services.js';

type State = Supplicant['state'];

const identity = {
  authority: { email: rosa.email, deviceName: 'Rosa’s computer' },
  remote: { ua: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', ipAddress: '192.0.2.7' },
};
const authorization = { code: 'c0'.repeat(32), state: 'the state' };

function stage({ elsewhere = false, path = '/pair/supp', state = { type: 'connecting' } as State } = {}) {
  const done: string[] = [];
  const at = createStore<{ readonly state: State }>({ state });
  const pairing: SupplicantFlow = {
    side: 'supplicant',
    application: 'Firefox for Android',
    at,
    approve: () => done.push('approve'),
    cancel: () => done.push('cancel'),
    elsewhere,
    refusalUrl: undefined,
  };
  const services = testServices({ url: path, flow: { pairing } });
  const model = createPairSupplicantModel(services);
  const entry = () => services.navigation.entries.at(-1);
  return { services, model, done, entry, become: (now: State) => at.set({ state: now }) };
}

describe('a device that joins', () => {
  it.each<[string, string, State]>([
    ['connecting', '/pair/supp', { type: 'connecting' }],
    ['connecting', '/pair/supp', { type: 'waiting_for_metadata' }],
    ['asking', '/pair/supp/allow', { type: 'waiting_for_authorizations', ...identity }],
    ['asking', '/pair/supp/allow', { type: 'waiting_for_supplicant', ...identity }],
    ['waiting', '/pair/supp/wait_for_auth', { type: 'waiting_for_authority', ...identity }],
    ['waiting', '/pair/supp/wait_for_auth', { type: 'sending_result', ...identity }],
  ])('is %s at %s', (view, path, state) => {
    const here = stage({ path, state });
    here.model.start?.();
    expect(here.model.state.get()).toMatchObject({ view, application: 'Firefox for Android' });
    expect(here.entry()).toEqual({ path, state: {} });
    expect(choosePage(here.services)).toBe('pair-supplicant');
  });

  it('shows the account that offers itself, and from where', () => {
    const { model } = stage({ state: { type: 'waiting_for_authorizations', ...identity } });
    expect(model.state.get()).toEqual({
      view: 'asking',
      application: 'Firefox for Android',
      email: rosa.email,
      deviceName: 'Rosa’s computer',
      remote: {
        device: { id: 'pair-device-both', args: { browser: 'Firefox', system: 'Linux' } },
        place: undefined,
        address: '192.0.2.7',
      },
    });
  });

  it('goes from step to step in one place of the history', () => {
    const { model, services, entry, become } = stage();
    model.start?.();
    become({ type: 'waiting_for_metadata' });
    expect(entry()?.path).toBe('/pair/supp');
    become({ type: 'waiting_for_authorizations', ...identity });
    expect(entry()?.path).toBe('/pair/supp/allow');
    become({ type: 'waiting_for_authority', ...identity });
    expect(entry()?.path).toBe('/pair/supp/wait_for_auth');
    become({ type: 'sending_result', ...identity });
    become({ type: 'complete', authorization, ...identity });
    expect(services.navigation.entries).toEqual([
      { path: '/pair/success', state: { pairing: { side: 'supplicant' } } },
    ]);
  });

  it('leaves no code in the history', () => {
    const { model, services } = stage({ state: { type: 'complete', authorization, ...identity } });
    model.start?.();
    expect(JSON.stringify(services.navigation.entries)).not.toContain(authorization.code);
  });

  it('stays where it is while the person is on the way to an application elsewhere', () => {
    const { model, entry, become } = stage({ elsewhere: true, path: '/pair/supp/wait_for_auth' });
    become({ type: 'complete', authorization, ...identity });
    model.start?.();
    expect(entry()).toEqual({ path: '/pair/supp/wait_for_auth', state: {} });
    expect(model.state.get().view).toBe('waiting');
  });

  it.each<PairingFailure>([
    'unreachable',
    'insecure',
    'disconnected',
    'declined',
    'cancelled',
    'timeout',
    'malformed',
    'unexpected',
    'failed',
  ])('ends on a page that says why: %s', (kind) => {
    const { model, entry, become } = stage();
    model.start?.();
    become({ type: 'failed', error: new PairingError(kind, 'as it happens') });
    expect(entry()).toEqual({ path: '/pair/failure', state: { pairing: { failure: kind } } });
  });

  it('hears nothing more once the page is left', () => {
    const { model, entry, become } = stage();
    model.start?.()?.();
    become({ type: 'failed', error: new PairingError('timeout', 'too late') });
    expect(entry()?.path).toBe('/pair/supp');
  });

  it('agrees once, though the button is pressed twice', () => {
    const { model, done, become } = stage({ state: { type: 'waiting_for_supplicant', ...identity } });
    model.approve();
    become({ type: 'sending_result', ...identity });
    model.approve();
    expect(done).toEqual(['approve']);
  });

  it('can be cancelled', () => {
    const { model, done } = stage();
    model.cancel();
    expect(done).toEqual(['cancel']);
  });
});
