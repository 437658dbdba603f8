import { describe, expect, it } from 'vitest';
import { choosePage, type PageName } from '../../src/routing/choose-page.js';
import type { PlaceState } from '../../src/routing/navigation.js';
import { isStep, ROUTES } from '../../src/routing/routes.js';
import { oauthFlow, reset, rosa, testServices, trustedClient } from '../support/test-services.js';

interface Given {
  readonly url: string;
  readonly signedIn?: boolean;
  readonly state?: PlaceState;
  readonly oauth?: Parameters<typeof oauthFlow>[1];
  readonly acknowledged?: boolean;
  readonly blocked?: boolean;
  readonly recovered?: boolean;
}

function pageOf({
  url,
  signedIn = false,
  state,
  oauth,
  acknowledged = false,
  blocked = false,
  recovered = false,
}: Given): PageName {
  const services = testServices({
    url,
    ...(state && { state }),
    account: signedIn ? rosa : undefined,
    flow: oauth === undefined ? {} : { oauth: oauthFlow(trustedClient, oauth) },
  });
  if (acknowledged) services.visit.acknowledge(rosa.uid);
  if (blocked) services.visit.block({ email: rosa.email, password: 'a fox in the den' });
  if (recovered) services.visit.recover(rosa.uid, { recoveryKeyId: rosa.uid, kB: new Uint8Array(32) });
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
    ['mailbox', { url: '/confirm', state: { email: 'bo@example.org' } }],
    ['email', { url: '/confirm' }],
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
    ['email', { url: '/signup', state: { page: 'email', email: 'bo@example.org' } }],
    ['second-step', { url: '/signin_totp_code', signedIn: true }],
    ['second-step', { url: '/signin_recovery_code', signedIn: true }],
    ['email', { url: '/signin_totp_code' }],
    ['password', { url: '/signin_unblock', state: { email: 'bo@example.org' } }],
    ['email', { url: '/signin_unblock' }],
    ['unblock', { url: '/signin_unblock', blocked: true }],
    ['reset-password', { url: '/reset_password', signedIn: true }],
    ['email', { url: '/settings/change_password' }],
    ['settings-password', { url: '/settings/change_password', signedIn: true }],
    ['reset-code', { url: '/confirm_reset_password', state: { email: 'bo@example.org' } }],
    ['reset-password', { url: '/confirm_reset_password' }],
    ['second-step', { url: '/confirm_totp_reset_password', state: { reset } }],
    ['reset-password', { url: '/confirm_backup_code_reset_password' }],
    ['recovery-key', { url: '/account_recovery_confirm_key', state: { reset } }],
    ['reset-password', { url: '/account_recovery_confirm_key' }],
    ['new-password', { url: '/complete_reset_password', state: { reset } }],
    ['reset-link', { url: '/complete_reset_password?token=00' }],
    ['reset-password', { url: '/complete_reset_password' }],
    ['recovery-key', { url: '/account_recovery_reset_password', state: { reset } }],
    ['new-password', { url: '/account_recovery_reset_password', state: { reset }, recovered: true }],
    ['reset-password', { url: '/account_recovery_reset_password' }],
    ['report', { url: '/report_signin?uid=00' }],
    ['link', { url: '/verify_primary_email' }],
    ['settings', { url: '/settings', signedIn: true }],
    ['settings-two-step', { url: '/settings/two_step_authentication/replace_codes', signedIn: true }],
    ['email', { url: '/settings' }],
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
    expect(steps).toContain('/complete_reset_password');
    expect(steps).not.toContain('/verify_email');
    expect(steps).not.toContain('/report_signin');
    expect(steps).not.toContain('/logout');
    expect(isStep('/nothing')).toBe(false);
  });
});
