import { describe, expect, it } from 'vitest';
import { type SyncSituation, serviceMembers, syncQuestion } from '../../src/browser/sync-question.js';

const desktop: SyncSituation = {
  context: 'oauth_webchannel_v1',
  service: 'sync',
  capabilities: { multiService: true, choose_what_to_sync: true, engines: ['bookmarks', 'passwords', 'tabs'] },
  isNew: false,
  isReturning: false,
};
const v3: SyncSituation = {
  ...desktop,
  context: 'fx_desktop_v3',
  capabilities: { multiService: true, engines: ['creditcards'] },
};
const firefox70: SyncSituation = { ...v3, capabilities: { engines: ['creditcards'] } };
const android: SyncSituation = {
  ...desktop,
  capabilities: { choose_what_to_sync: true, engines: ['bookmarks', 'tabs'] },
};

const six = ['bookmarks', 'history', 'passwords', 'addons', 'tabs', 'prefs'];

describe('what is asked about Sync', () => {
  it.each<[string, SyncSituation, ReturnType<typeof syncQuestion>]>([
    [
      'a new account: what',
      { ...desktop, isNew: true },
      { engines: ['bookmarks', 'passwords', 'tabs'], mayDecline: true },
    ],
    [
      'a new account, no service named: what',
      { ...desktop, isNew: true, service: undefined },
      { engines: ['bookmarks', 'passwords', 'tabs'], mayDecline: true },
    ],
    [
      'a new account in an older browser: six, and what it has more',
      { ...v3, isNew: true },
      { engines: [...six, 'creditcards'], mayDecline: true },
    ],
    [
      'a new account where Sync is all there is: what',
      { ...firefox70, isNew: true },
      { engines: [...six, 'creditcards'], mayDecline: false },
    ],
    [
      'a new account on a phone: what',
      { ...android, isNew: true },
      { engines: ['bookmarks', 'tabs'], mayDecline: false },
    ],
    [
      'a new account, and no choice of engines: whether',
      { ...desktop, isNew: true, capabilities: { multiService: true, engines: ['tabs'] } },
      { engines: [], mayDecline: true },
    ],
    ['a new account, and no choice at all: nothing', { ...desktop, isNew: true, capabilities: {} }, undefined],
    ['an account that there is: nothing, for Sync was named', desktop, undefined],
    [
      'an account that there is, no service named: whether',
      { ...desktop, service: undefined },
      { engines: [], mayDecline: true },
    ],
    ['an account that there is, on a phone: nothing', { ...android, service: undefined }, undefined],
    ['another service: nothing', { ...desktop, isNew: true, service: 'relay' }, undefined],
    ['somebody who signs in again: nothing', { ...desktop, service: undefined, isReturning: true }, undefined],
  ])('%s', (_, situation, question) => {
    expect(syncQuestion(situation)).toEqual(question);
  });
});

describe('what the browser is told about services', () => {
  const none = { login: {}, oauthLogin: {} };
  const offered = ['bookmarks', 'passwords', 'tabs'];

  it.each<[string, SyncSituation, Parameters<typeof serviceMembers>[1], ReturnType<typeof serviceMembers>]>([
    [
      'the choice',
      { ...desktop, isNew: true },
      { declined: ['tabs'] },
      { ...none, login: { services: { sync: { offeredEngines: offered, declinedEngines: ['tabs'] } } } },
    ],
    [
      'nothing that was not offered',
      { ...desktop, isNew: true },
      { declined: ['history'] },
      { ...none, login: { services: { sync: { offeredEngines: offered, declinedEngines: [] } } } },
    ],
    ['no Sync', { ...desktop, isNew: true }, 'no-sync', { ...none, login: { services: {} } }],
    ['Sync as it was, without a question', desktop, undefined, { ...none, login: { services: { sync: {} } } }],
    [
      'Sync as it was, on demand',
      { ...desktop, service: undefined },
      { declined: [] },
      { ...none, login: { services: { sync: {} } } },
    ],
    ['another service', { ...desktop, service: 'relay' }, undefined, { ...none, login: { services: { relay: {} } } }],
    ['nothing when somebody signs in again', { ...desktop, isReturning: true }, undefined, none],
    [
      'lists at the top, where Sync is all there is',
      { ...firefox70, isNew: true },
      { declined: ['tabs'] },
      { ...none, login: { offeredSyncEngines: [...six, 'creditcards'], declinedSyncEngines: ['tabs'] } },
    ],
    ['nothing where Sync is all there is and nothing was chosen', firefox70, undefined, none],
    [
      'lists with the code, on a phone',
      { ...android, isNew: true },
      { declined: ['tabs'] },
      { ...none, oauthLogin: { offeredSyncEngines: ['bookmarks', 'tabs'], declinedSyncEngines: ['tabs'] } },
    ],
  ])('%s', (_, situation, answer, members) => {
    expect(serviceMembers(situation, answer)).toEqual(members);
  });
});
