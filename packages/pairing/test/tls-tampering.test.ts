import { concatBytes, utf8 } from '@foxden/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecureEnd } from '../src/tls/secure-end.js';
import { KEY, scripted, tracedEnds } from './support/secure-pair.js';

type Record = Uint8Array;
/** What somebody in between makes of the record with this number. */
type Alter = (record: Record, index: number) => readonly Record[];

/** Texts that the ends send once they may. */
const TEXTS = ['from the joiner', 'and more', 'from the creator', 'the last'];
/** ClientHello; ServerHello, ChangeCipherSpec, EncryptedExtensions with Finished; Finished; the four texts. */
const RECORDS = 9;
const CHANGE_CIPHER_SPEC = 2;

/** A whole conversation through somebody in between; stops where an end gives up. */
async function converse(alter: Alter, ends = tracedEnds()) {
  const { joiner, creator } = ends;
  const told: string[] = [];
  const records: Record[] = [];
  let failed = false;

  async function carry(to: SecureEnd, sent: readonly Record[]): Promise<readonly Record[]> {
    const replies: Record[] = [];
    for (const record of sent) {
      records.push(record);
      for (const altered of alter(record, records.length - 1)) {
        const received = await to.receive(altered);
        if (received.type === 'data') told.push(new TextDecoder().decode(received.data));
        if (received.type === 'failed') failed = true;
        if (failed) return [];
        replies.push(...received.records);
      }
    }
    return replies;
  }

  await creator.start();
  const finished = await carry(joiner, await carry(creator, await joiner.start()));
  await carry(creator, finished);
  for (const [index, text] of TEXTS.entries()) {
    if (failed || records.length < 5) break;
    const [from, to] = index < 2 ? [joiner, creator] : [creator, joiner];
    await carry(to, [await from.send(utf8(text))]);
  }
  return { told, records, failed };
}

/** What may have been told before the record with this number came. */
const toldBefore = (index: number) => TEXTS.slice(0, Math.max(0, index - 5));

function inPlaceOf(target: number, change: (record: Record) => readonly Record[]): Alter {
  return (record, index) => (index === target ? change(record) : [record]);
}

/** The conversation fails at once, and nothing is told that was not told before. */
async function expectRefused(target: number, change: (record: Record) => readonly Record[], what: string) {
  const { told, failed } = await converse(inPlaceOf(target, change));
  expect([failed, told], what).toEqual([true, toldBefore(target)]);
}

const TARGETS = Array.from({ length: RECORDS }, (_, index) => index);

describe('somebody in between', () => {
  it('who changes nothing is not noticed', async () => {
    const { told, records, failed } = await converse((record) => [record]);
    expect([told, records.length, failed]).toEqual([TEXTS, RECORDS, false]);
  });

  it.each(TARGETS)('cannot flip a bit of record %i, whichever byte it is in', async (target) => {
    const { records } = await converse((record) => [record]);
    for (let position = 0; position < (records[target]?.length ?? 0); position += 1) {
      const flip = (record: Record) => [record.with(position, (record[position] ?? 0) ^ (1 << (position % 8)))];
      await expectRefused(target, flip, `byte ${position}`);
    }
  });

  it.each(TARGETS)('cannot cut record %i short, or add to it', async (target) => {
    const { records } = await converse((record) => [record]);
    for (let length = 0; length < (records[target]?.length ?? 0); length += 1) {
      await expectRefused(target, (record) => [record.subarray(0, length)], `${length} bytes`);
    }
    await expectRefused(target, (record) => [concatBytes(record, utf8('x'))], 'one byte more');
  });

  it.each(TARGETS)('cannot repeat record %i', async (target) => {
    const { told, failed } = await converse(inPlaceOf(target, (record) => [record, record]));
    expect(failed).toBe(true);
    expect(told).toEqual(toldBefore(target + 1));
  });

  it.each([1, 2, 5, 7])('cannot change the places of record %i and the next one', async (target) => {
    // The next record is not there yet where it answers; it is the same in every conversation until the texts.
    const { records } = await converse((record) => [record]);
    const next = records[target + 1] ?? new Uint8Array();
    await expectRefused(target, (record) => [next, record], 'the next one first');
  });

  it.each([1, 5, 7])('cannot keep record %i back and let the next one pass', async (target) => {
    await expectRefused(target, () => [], 'nothing');
  });

  it.each(TARGETS.filter((target) => target !== CHANGE_CIPHER_SPEC))(
    'cannot put in a record of another conversation for record %i',
    async (target) => {
      const others = {
        joiner: new SecureEnd(
          'joiner',
          KEY,
          scripted('03030303030303030303030303030303', '00000000000000000000000000000004'),
        ),
        creator: new SecureEnd('creator', KEY, scripted('05050505050505050505050505050505')),
      };
      const { records } = await converse((record) => [record], others);
      await expectRefused(target, () => [records[target] ?? new Uint8Array()], 'a foreign record');
    },
  );

  it('cannot put in anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(RECORDS - 1), fc.uint8Array({ maxLength: 200 }), async (target, garbage) => {
        await expectRefused(target, () => [garbage], `${target}`);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['key', { ...KEY, psk: utf8('aabbccddeefg') }, 'decrypt_error'],
    ['name of the key', { ...KEY, pskId: utf8('testkez') }, 'unknown_psk_identity'],
  ])('with another %s is not let in', async (_, key, alert) => {
    const { joiner, creator } = tracedEnds(key);
    await creator.start();
    const [hello = new Uint8Array()] = await joiner.start();
    const refused = await creator.receive(hello);
    expect(refused).toMatchObject({ type: 'failed', error: { alert, isOfPeer: false } });
    const [answer = new Uint8Array()] = refused.records;
    expect(await joiner.receive(answer)).toMatchObject({
      type: 'failed',
      error: { alert, isOfPeer: true },
      records: [],
    });
    expect(() => joiner.send(utf8('x'))).toThrow();
  });
});
