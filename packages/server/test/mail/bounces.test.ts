import { describe, expect, test } from 'vitest';
import { type BounceKind, findActiveBounce, recordBounce, requireDeliverable } from '../../src/mail/index.js';
import { codeLetter, type Postbox, postbox } from './mail-fixture.js';
import { type Smtp, smtpServer } from './smtp-fixture.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A mail server that refuses some recipients: address → code and text of the refusal. */
function refusing(refusals: Readonly<Record<string, readonly [number, string]>>): Promise<Smtp> {
  return smtpServer({
    onRcptTo: ({ address }, _session, callback) => {
      const refusal = refusals[address];
      if (refusal === undefined) return callback();
      callback(Object.assign(new Error(refusal[1]), { responseCode: refusal[0] }));
    },
  });
}

const boxAt = ({ port }: Smtp): Promise<Postbox> =>
  postbox({ smtpUrl: `smtp://127.0.0.1:${port}`, mailboxListen: null });
const bounces = ({ storage }: Postbox) =>
  storage.db.selectFrom('bounces').selectAll().orderBy('normalizedEmail').execute();

describe('a refusal by the mail server', () => {
  test.each([
    ['no such mailbox', 550, '5.1.1 no such user', 'hard'],
    ['no such domain', 550, '5.1.2 bad domain', 'hard'],
    ['a mailbox that is closed', 550, '5.2.1 disabled', 'hard'],
    ['no mailbox, without an enhanced code', 550, 'unknown', 'hard'],
    ['a bad address, without an enhanced code', 553, 'what?', 'hard'],
    ['a policy, which may be our own fault', 550, '5.7.1 relaying denied', undefined],
    ['a failed transaction, without an enhanced code', 554, 'no', undefined],
  ])('because of %s is a bounce only if it is about the mailbox', async (_reason, code, text, kind) => {
    const box = await boxAt(await refusing({ 'fox@example.org': [code, text] }));
    await box.post(codeLetter({ to: 'Fox@Example.org', cc: [] }));
    await box.post(codeLetter());
    await box.mail.runOnce();
    const bouncedAt = box.clock.time;
    expect(await bounces(box)).toEqual(
      kind === undefined ? [] : [{ normalizedEmail: 'fox@example.org', kind, bouncedAt }],
    );
  });

  test('of a copy is remembered although the mail arrived at the others', async () => {
    const smtp = await refusing({ 'gone@example.net': [550, '5.1.1 gone'] });
    const box = await boxAt(smtp);
    await box.post(codeLetter({ cc: ['gone@example.net', 'here@example.net'] }));
    await box.mail.runOnce();
    expect(smtp.delivered[0]?.recipients).toEqual(['fox@example.org', 'here@example.net']);
    expect((await bounces(box)).map(({ normalizedEmail }) => normalizedEmail)).toEqual(['gone@example.net']);
  });

  test('for now counts only after a day of trying, and then as a soft one', async () => {
    const box = await boxAt(await refusing({ 'fox@example.org': [452, '4.2.2 mailbox full'] }));
    await box.post(codeLetter());
    for (;;) {
      await box.mail.runOnce();
      const row = await box.storage.db.selectFrom('outbox').select('nextAttemptAt').executeTakeFirstOrThrow();
      if (row.nextAttemptAt === null) break;
      expect(await bounces(box)).toEqual([]);
      box.clock.time = row.nextAttemptAt;
    }
    expect(await bounces(box)).toMatchObject([{ normalizedEmail: 'fox@example.org', kind: 'soft' }]);
  });
});

describe('a bounced address', () => {
  const kinds: readonly (readonly [BounceKind, string, number])[] = [
    ['hard', 'EMAIL_HARD_BOUNCED', DAY],
    ['soft', 'EMAIL_SOFT_BOUNCED', 5 * MINUTE],
    ['complaint', 'EMAIL_COMPLAINT', 60 * DAY],
  ];

  test.each(kinds)(
    'that bounced %s is refused with %s, in any spelling, until its time is over',
    async (kind, name, lifetime) => {
      const { storage, clock } = await postbox();
      const bouncedAt = clock.time;
      await recordBounce(storage.db, 'Fox@example.org', { kind, bouncedAt });
      clock.time += lifetime - 1;
      await expect(requireDeliverable({ clock }, storage.db, 'fOX@EXAMPLE.ORG')).rejects.toMatchObject({
        definition: { name },
        extra: { bouncedAt },
      });
      await requireDeliverable({ clock }, storage.db, 'vixen@example.org');
      clock.time += 1;
      await requireDeliverable({ clock }, storage.db, 'fox@example.org');
    },
  );

  test('is known by its gravest bounce that counts', async () => {
    const { storage, clock } = await postbox();
    await recordBounce(storage.db, 'fox@example.org', { kind: 'complaint', bouncedAt: clock.time });
    clock.time += 1;
    await recordBounce(storage.db, 'fox@example.org', { kind: 'soft', bouncedAt: clock.time });
    await recordBounce(storage.db, 'fox@example.org', { kind: 'hard', bouncedAt: clock.time - DAY + 1 });
    expect(await findActiveBounce({ clock }, storage.db, 'fox@example.org')).toMatchObject({ kind: 'hard' });
    clock.time += 1;
    expect(await findActiveBounce({ clock }, storage.db, 'fox@example.org')).toMatchObject({ kind: 'complaint' });
  });

  test('is forgotten when no bounce of it can count any more', async () => {
    const box = await postbox();
    await recordBounce(box.storage.db, 'fox@example.org', { kind: 'complaint', bouncedAt: box.clock.time });
    box.clock.time += 60 * DAY;
    await box.mail.prune();
    expect(await bounces(box)).toHaveLength(1);
    box.clock.time += 1;
    await box.mail.prune();
    expect(await bounces(box)).toEqual([]);
  });
});
