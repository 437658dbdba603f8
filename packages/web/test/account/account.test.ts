import { bytesToHex, deriveToken, hexToBytes, sealKeyBundle } from '@foxden/protocol';
import { describe, expect, it, vi } from 'vitest';
import { createAccountStore } from '../../src/account/stored-account.js';
import { createVisit } from '../../src/account/visit.js';
import { memoryStorage } from '../support/memory-storage.js';
import { refusal, testServer } from '../support/test-server.js';
import { rosa } from '../support/test-services.js';

const KEY = 'foxden.account';

describe('the account of this browser', () => {
  it('is shared with other tabs, by the storage', () => {
    const storage = memoryStorage();
    createAccountStore(storage, new EventTarget()).set(rosa);
    const otherTab = createAccountStore(storage, new EventTarget());
    expect(otherTab.get()).toEqual(rosa);
    otherTab.set(undefined);
    expect(storage.length).toBe(0);
  });

  it.each([
    'null',
    '{',
    '[]',
    '{}',
    JSON.stringify({ ...rosa, sessionToken: 'short' }),
    JSON.stringify({ ...rosa, uid: 'Z'.repeat(32) }),
    JSON.stringify({ ...rosa, authAt: '1' }),
  ])('is nobody where the storage holds %s', (text) => {
    const storage = memoryStorage();
    storage.setItem(KEY, text);
    expect(createAccountStore(storage, new EventTarget()).get()).toBeUndefined();
  });

  it('tells of changes in this tab and in others, until nobody listens', () => {
    const events = new EventTarget();
    const accounts = createAccountStore(memoryStorage(), events);
    const listener = vi.fn();
    const stop = accounts.subscribe(listener);
    const elsewhere = (key: string | null) => events.dispatchEvent(Object.assign(new Event('storage'), { key }));
    accounts.set(rosa);
    elsewhere(KEY);
    elsewhere(null);
    elsewhere('something else');
    expect(listener).toHaveBeenCalledTimes(3);
    stop();
    elsewhere(KEY);
    expect(listener).toHaveBeenCalledTimes(3);
  });
});

describe('a visit', () => {
  it('takes a proof for an acknowledgement, and neither for another account', () => {
    const visit = createVisit();
    visit.acknowledge('bo');
    visit.prove(rosa.uid);
    expect([visit.isAcknowledged(rosa.uid), visit.isProved(rosa.uid), visit.hasKeys(rosa.uid)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([visit.isAcknowledged('bo'), visit.isProved('bo')]).toEqual([true, false]);
  });

  it('fetches kB once, when it is first wanted', async () => {
    const keyFetchToken = '80'.repeat(32);
    const unwrapBKey = new Uint8Array(32).fill(0x0f);
    const { bundleKey } = await deriveToken('keyFetchToken', hexToBytes(keyFetchToken));
    const bundle = bytesToHex(await sealKeyBundle(bundleKey, new Uint8Array(32), new Uint8Array(32).fill(0xf0)));
    const server = testServer({ 'GET /account/keys': { bundle } });
    const visit = createVisit();
    visit.prove(rosa.uid, { keyFetchToken, unwrapBKey });
    expect(server.sent).toEqual([]);
    const kB = new Uint8Array(32).fill(0xff);
    expect(await visit.openKeys(server.client, rosa.uid)).toEqual(kB);
    expect(await visit.openKeys(server.client, rosa.uid)).toEqual(kB);
    expect(server.sent).toHaveLength(1);
  });

  it('can ask for kB again when it could not be had yet', async () => {
    const server = testServer({ 'GET /account/keys': refusal(104) });
    const visit = createVisit();
    visit.prove(rosa.uid, { keyFetchToken: '80'.repeat(32), unwrapBKey: new Uint8Array(32) });
    await expect(visit.openKeys(server.client, rosa.uid)).rejects.toMatchObject({ errorName: 'UNVERIFIED_ACCOUNT' });
    expect(visit.hasKeys(rosa.uid)).toBe(true);
  });

  it('forgets everything at once', () => {
    const visit = createVisit();
    visit.prove(rosa.uid, { kB: new Uint8Array(32) });
    visit.allow(rosa.uid);
    visit.forget();
    const { uid } = rosa;
    expect([visit.isAcknowledged(uid), visit.isProved(uid), visit.hasKeys(uid), visit.isAllowed(uid)]).not.toContain(
      true,
    );
  });
});
