import { SCOPE_NOTES, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN } from '@foxden/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopedKeyData } from '../../src/oauth/scoped-key-data.js';
import type { Session } from '../../src/sessions/index.js';
import { createFixture, FENIX, type Fixture, refusal, refusalOf } from './fixture.js';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.close());

const ask = (session: Session, scope: string, client_id = FENIX) =>
  scopedKeyData(fixture.context, session, { client_id, scope });

test('one entry for each scope with keys; its time is when kB last changed', async () => {
  const session = await fixture.person();
  expect(await ask(session, `profile ${SCOPE_SESSION_TOKEN} ${SCOPE_OLDSYNC}`)).toEqual({
    [SCOPE_OLDSYNC]: {
      identifier: SCOPE_OLDSYNC,
      keyRotationSecret: '00'.repeat(32),
      keyRotationTimestamp: session.keysChangedAt,
    },
  });
  expect(await ask(session, 'profile')).toEqual({});
});

test('an application with a scope of its own gets that one', async () => {
  const scope = 'https://notes.example.com/apps/notes';
  const clientId = await fixture.client({ allowedScopes: [scope], scopesWithKeys: [scope] });
  expect(Object.keys(await ask(await fixture.person(), scope, clientId))).toEqual([scope]);
});

test('an imported account without a time of its keys has that of its password', async () => {
  const session = await fixture.person();
  const data = await ask({ ...session, keysChangedAt: 0, verifierSetAt: session.authAt - 5000 }, SCOPE_OLDSYNC);
  expect(data[SCOPE_OLDSYNC]?.keyRotationTimestamp).toBe(session.authAt - 5000);
});

test('one scope that the client may not have refuses the whole request', async () => {
  const session = await fixture.person();
  expect((await refusalOf(ask(session, `${SCOPE_OLDSYNC} ${SCOPE_NOTES}`))).extra).toEqual({
    invalidScopes: SCOPE_NOTES,
  });
  expect(await refusal(ask(session, SCOPE_OLDSYNC, 'f'.repeat(16)))).toBe('UNKNOWN_CLIENT');
  expect(await refusal(ask(session, 'a:'))).toBe('INVALID_PARAMETER');
});

test('a session that is not confirmed gets no key data', async () => {
  expect(await refusal(ask(await fixture.person({ tokenVerified: false }), SCOPE_OLDSYNC))).toBe('UNVERIFIED_SESSION');
  expect(await refusal(ask(await fixture.person({ emailVerified: false }), SCOPE_OLDSYNC))).toBe('UNVERIFIED_ACCOUNT');
});

test('a session from before the keys changed is stale; one of the same second is not', async () => {
  const session = await fixture.person();
  const second = Math.floor(session.authAt / 1000) * 1000;
  const changed = (keysChangedAt: number): Session => ({ ...session, keysChangedAt });
  expect(await refusal(ask(changed(second + 1000), SCOPE_OLDSYNC))).toBe('STALE_AUTH_TIMESTAMP');
  expect(await ask(changed(second + 1000), 'profile')).toEqual({});
  expect(Object.keys(await ask(changed(second + 999), SCOPE_OLDSYNC))).toEqual([SCOPE_OLDSYNC]);
});
