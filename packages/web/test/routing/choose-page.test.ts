import { describe, expect, it } from 'vitest';
import { choosePage, isStep, type PageName, ROUTES } from '../../src/routing/choose-page.js';
import type { PlaceState } from '../../src/routing/navigation.js';
import { oauthFlow, rosa, testServices, trustedClient } from '../support/test-services.js';

interface Given {
  readonly url: string;
  readonly signedIn?: boolean;
  readonly state?: PlaceState;
  readonly oauth?: Parameters<typeof oauthFlow>[1];
  readonly acknowledged?: boolean;
}

function pageOf({ url, signedIn = false, state, oauth, acknowledged = false }: Given): PageName {
  const services = testServices({
    url,
    ...(state && { state }),
    account: signedIn ? rosa : undefined,
    flow: oauth === undefined ? {} : { oauth: oauthFlow(trustedClient, oauth) },
  });
  if (acknowledged) services.visit.acknowledge(rosa.uid);
  return choosePage(services);
}

describe('the page of an address', () => {
  it.each<[PageName, Given]>([
    ['email', { url: '/' }],
    ['email', { url: '/signin' }],
    ['email', { url: '/signup' }],
    ['email', { url: '/oauth/signin', oauth: {} }],
    ['email', { url: '/?email=rosa%40example.org' }],
    ['email', { url: '/?email=blank' }],
    ['email', { url: '/force_auth' }],
    ['password', { url: '/signin', state: { email: 'bo@example.org' } }],
    ['password', { url: '/signin?email=bo%40example.org' }],
    ['password', { url: '/force_auth?email=rosa%40example.org' }],
    ['password', { url: '/force_auth?email=rosa%40example.org', signedIn: true }],
    ['sign-up', { url: '/signup', state: { email: 'bo@example.org' } }],
    ['sign-up', { url: '/oauth/signup?email=bo%40example.org', oauth: {} }],
    ['signed-in', { url: '/', signedIn: true }],
    ['signed-in', { url: '/signin', signedIn: true }],
    ['signed-in', { url: '/signup', signedIn: true }],
    ['signed-in', { url: '/?email=Rosa%40Example.org', signedIn: true }],
    ['email', { url: '/?email=bo%40example.org', signedIn: true }],
    ['email', { url: '/', signedIn: true, state: { page: 'email' } }],
    ['continue-as', { url: '/authorization', signedIn: true, oauth: {} }],
    ['continue-as', { url: '/oauth/signin', signedIn: true, oauth: {} }],
    ['continue-as', { url: '/authorization', signedIn: true, oauth: {}, acknowledged: true }],
    ['password', { url: '/authorization', signedIn: true, oauth: { prompt: 'login' } }],
    ['password', { url: '/authorization', signedIn: true, oauth: { keysJwk: 'some key' } }],
    ['consent', { url: '/authorization', signedIn: true, oauth: { prompt: 'consent' }, state: { page: 'consent' } }],
    ['continue-as', { url: '/authorization', signedIn: true, oauth: { prompt: 'consent' } }],
    ['finish', { url: '/authorization', signedIn: true, oauth: {}, state: { page: 'finish' } }],
    ['email', { url: '/authorization', oauth: { prompt: 'consent' }, state: { page: 'consent' } }],
    ['confirm-code', { url: '/confirm_signup_code', signedIn: true }],
    ['confirm-code', { url: '/signin_token_code', signedIn: true }],
    ['email', { url: '/confirm_signup_code' }],
    ['link', { url: '/verify_email?uid=00&code=00' }],
    ['link', { url: '/complete_signin', signedIn: true }],
    ['logout', { url: '/logout' }],
    ['logout', { url: '/logout?client_id=a0a1a2a3a4a5a6a7', signedIn: true }],
    ['not-found', { url: '/nothing' }],
    ['not-found', { url: '/signin/more' }],
  ])('is %s for %o', (page, given) => {
    expect(pageOf(given)).toBe(page);
  });

  it('is a step of a flow unless it is a mailed link or no page', () => {
    const steps = Object.keys(ROUTES).filter(isStep);
    expect(steps).toContain('/authorization');
    expect(steps).not.toContain('/verify_email');
    expect(steps).not.toContain('/logout');
    expect(isStep('/nothing')).toBe(false);
  });
});
