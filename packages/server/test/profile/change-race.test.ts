import { describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import type { AccessToken } from '../../src/oauth/index.js';
import { deleteAvatar, uploadAvatar } from '../../src/profile/avatar.js';
import { changeDisplayName } from '../../src/profile/display-name.js';
import { readAppearance } from '../../src/profile/store.js';
import { CALLER, createFixture, fromHex, toHex } from '../oauth/fixture.js';
import { RED_PNG } from './pictures.js';

describe('on SQLite', () => races(async () => 'sqlite::memory:'));
describePostgres('on PostgreSQL', races);

function races(databaseUrl: () => Promise<string>): void {
  test('fifty changes of name and picture at the same time leave one picture, and it is the one that is shown', async () => {
    const fixture = await createFixture(await databaseUrl());
    const { context } = fixture;
    const { db } = context.storage;
    const { uid } = await fixture.person();
    const before = fixture.clock.now();
    fixture.clock.advance(1);
    const token: AccessToken = {
      uid,
      tokenId: CALLER.requestId,
      clientId: '0'.repeat(16),
      scope: 'profile:write',
      createdAt: before,
      expiresAt: before,
    };
    const file = { contentType: 'image/png', bytes: RED_PNG };
    const changes = Array.from({ length: 50 }, async (_, n) => {
      if (n % 5 === 0) return changeDisplayName(context, token, `name ${n}`);
      const { id } = await uploadAvatar(context, token, file);
      // Somebody else's picture may be there by now: then there is nothing of this id to take away.
      if (n % 5 === 1) await deleteAvatar(context, token, id).catch((error) => error.definition.name);
    });
    expect((await Promise.allSettled(changes)).filter(({ status }) => status === 'rejected')).toEqual([]);
    const { id } = await uploadAvatar(context, token, file);
    const { avatarId, displayName } = await readAppearance(db, uid);
    const pictures = await db.selectFrom('avatars').select('id').where('uid', '=', fromHex(uid)).execute();
    expect(pictures.map((row) => toHex(row.id))).toEqual([id]);
    expect(toHex(avatarId ?? new Uint8Array())).toBe(id);
    expect(displayName).toMatch(/^name \d+$/);
    const account = await db.selectFrom('accounts').select('profileChangedAt').executeTakeFirstOrThrow();
    expect(account.profileChangedAt).toBe(before + 1);
    await fixture.close();
  });
}
