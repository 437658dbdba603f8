import * as email from '../pages/email/page.js';
import type { PageModule } from '../pages/page-module.js';
import * as password from '../pages/password/page.js';
import type { PageName } from './choose-page.js';

/** The way to sign in comes with the first script; every other page is loaded when it is needed. */
const PAGES: Readonly<Record<PageName, PageModule | (() => Promise<PageModule>)>> = {
  email,
  password,
  'not-found': () => import('../pages/problem/page.js'),
  'sign-up': () => import('../pages/sign-up/page.js'),
  'continue-as': () => import('../pages/continue-as/page.js'),
  'confirm-code': () => import('../pages/confirm-code/page.js'),
  mailbox: () => import('../pages/mailbox/page.js'),
  consent: () => import('../pages/consent/page.js'),
  'choose-sync': () => import('../pages/choose-sync/page.js'),
  pair: () => import('../pages/pair/page.js'),
  'pair-authority': () => import('../pages/pair-authority/page.js'),
  'pair-supplicant': () => import('../pages/pair-supplicant/page.js'),
  'pair-success': () => import('../pages/pair-success/page.js'),
  'pair-failure': () => import('../pages/pair-failure/page.js'),
  connected: () => import('../pages/connected/page.js'),
  finish: () => import('../pages/finish/page.js'),
  'signed-in': () => import('../pages/signed-in/page.js'),
  logout: () => import('../pages/logout/page.js'),
  link: () => import('../pages/link/page.js'),
  report: () => import('../pages/report/page.js'),
  'second-step': () => import('../pages/second-step/page.js'),
  unblock: () => import('../pages/unblock/page.js'),
  'reset-password': () => import('../pages/reset-password/page.js'),
  'reset-code': () => import('../pages/reset-code/page.js'),
  'reset-link': () => import('../pages/reset-link/page.js'),
  'recovery-key': () => import('../pages/recovery-key/page.js'),
  'new-password': () => import('../pages/new-password/page.js'),
  settings: () => import('../pages/settings/page.js'),
  'settings-clients': () => import('../pages/settings-clients/page.js'),
  'settings-password': () => import('../pages/settings-password/page.js'),
  'settings-two-step': () => import('../pages/settings-two-step/page.js'),
  'settings-emails': () => import('../pages/settings-emails/page.js'),
  'settings-profile': () => import('../pages/settings-profile/page.js'),
  'settings-language': () => import('../pages/settings-language/page.js'),
  'settings-recovery-key': () => import('../pages/settings-recovery-key/page.js'),
  'settings-activity': () => import('../pages/settings-activity/page.js'),
  'settings-delete': () => import('../pages/settings-delete/page.js'),
};

/** The module of a page. @throws TypeError when it cannot be loaded: no connection, or a newer build on the server */
export function loadPage(name: PageName): PageModule | Promise<PageModule> {
  const page = PAGES[name];
  return typeof page === 'function' ? page() : page;
}
