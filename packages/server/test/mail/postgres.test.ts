import { afterAll, beforeAll, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { openStorage, type Storage } from '../../src/storage/index.js';
import { codeLetter, postbox } from './mail-fixture.js';
import { smtpServer } from './smtp-fixture.js';

describePostgres('mail on PostgreSQL', (createDatabase) => {
  const storages: Storage[] = [];
  beforeAll(async () => {
    const url = await createDatabase();
    storages.push(await openStorage(url), await openStorage(url));
  });
  afterAll(async () => {
    for (const storage of storages) await storage.close();
  });

  test('two processes send every mail once', async () => {
    const smtp = await smtpServer();
    const config = { smtpUrl: `smtp://127.0.0.1:${smtp.port}`, mailboxListen: null };
    const boxes = await Promise.all(storages.map((storage) => postbox(config, { storage })));
    const codes = Array.from({ length: 30 }, (_, n) => String(100_000 + n));
    for (const code of codes) await boxes[0]?.post(codeLetter({ values: { code } }));
    await Promise.all(boxes.map(({ mail }) => mail.runOnce()));
    const sent = smtp.delivered.map(({ message }) => /X-Verify-Short-Code: (\d+)/.exec(message)?.[1]);
    expect(sent.sort()).toEqual(codes);
  });

  test('the mailbox finds, keeps a hundred of, and empties one address', async () => {
    const [storage] = storages;
    if (storage === undefined) throw new Error('no storage');
    const box = await postbox({}, { storage });
    for (let n = 0; n < 102; n += 1) await box.post(codeLetter({ to: 'Fox_1@example.org', cc: ['vixen@example.net'] }));
    await box.post(codeLetter({ to: 'foxA1@example.org' }));
    await box.mail.runOnce();
    await box.mail.prune();
    await box.mail.start();
    const read = async (name: string): Promise<unknown[]> =>
      (await fetch(`${box.mail.mailboxUrl}/mail/${name}`)).json() as Promise<unknown[]>;
    expect(await read('fox_1')).toHaveLength(100);
    expect(await read('vixen')).toHaveLength(100);
    await fetch(`${box.mail.mailboxUrl}/mail/fox_1`, { method: 'DELETE' });
    expect([(await read('fox_1')).length, (await read('foxa1')).length]).toEqual([0, 1]);
  });
});
