import { concatBytes, hexToBytes, utf8 } from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import vectors from '../../../test/fixtures/vectors/pairing-tls-psk.json';
import { trafficKey } from '../src/tls/key-schedule.js';
import { CONTENT, MAX_PLAINTEXT, MAX_RECORDS, plainRecord, RecordLayer, TrafficKey } from '../src/tls/records.js';
import { number, vector } from '../src/tls/wire.js';
import { establishedEnds, tracedEnds } from './support/secure-pair.js';

const { recordsHex, secretsHex } = vectors;
const FINISHED_HEADER = hexToBytes('14000020');
const NEW_SESSION_TICKET = concatBytes(number(1, 4), vector(3, new Uint8Array(12)));
const KEY_UPDATE = hexToBytes('1800000100');

/** Writes whatever one end could write, with its key after the handshake and none before. */
async function writer(secret?: string): Promise<RecordLayer> {
  const layer = new RecordLayer();
  if (secret !== undefined) layer.writeKey = await trafficKey(hexToBytes(secret));
  return layer;
}
const asJoiner = () => writer(secretsHex.clientApplicationTraffic);
const asCreator = () => writer(secretsHex.serverApplicationTraffic);
const failure = (alert: string, isOfPeer = false) => ({ type: 'failed', error: { alert, isOfPeer } });

describe('records after the handshake', () => {
  it('carry 16384 bytes and no more', async () => {
    const { joiner, creator } = await establishedEnds();
    const most = new Uint8Array(MAX_PLAINTEXT).fill(7);
    expect(await creator.receive(await joiner.send(most))).toEqual({ type: 'data', data: most, records: [] });
    await expect(joiner.send(new Uint8Array(MAX_PLAINTEXT + 1))).rejects.toMatchObject({ alert: 'record_overflow' });
    // What was refused has used up nothing.
    expect(await creator.receive(await joiner.send(utf8('on')))).toMatchObject({ type: 'data', data: utf8('on') });
  });

  it('may be padded, up to 256 bytes more than they could carry', async () => {
    const { creator } = await establishedEnds();
    const key = await trafficKey(hexToBytes(secretsHex.clientApplicationTraffic));
    for (const length of [4, MAX_PLAINTEXT + 256 - 16]) {
      const inner = new Uint8Array(length);
      inner.set([...utf8('hi'), CONTENT.applicationData]);
      const header = concatBytes(hexToBytes('170303'), number(2, length + 16));
      const record = concatBytes(header, await key.seal(inner, header));
      expect(await creator.receive(record)).toMatchObject({ type: 'data', data: utf8('hi') });
    }
  });

  it.each([
    ['longer than that', MAX_PLAINTEXT + 256 - 15, [...utf8('hi'), CONTENT.applicationData], 'record_overflow'],
    [
      'full and padded beyond',
      MAX_PLAINTEXT + 2,
      Array.from({ length: MAX_PLAINTEXT + 2 }, () => 23),
      'record_overflow',
    ],
    ['all padding', 20, [], 'unexpected_message'],
    ['of an unknown type', 3, [...utf8('hi'), 24], 'unexpected_message'],
    ['with a change_cipher_spec inside', 2, [1, CONTENT.changeCipherSpec], 'unexpected_message'],
  ])('end the connection when they are %s', async (_, length, content, alert) => {
    const { creator } = await establishedEnds();
    const key = await trafficKey(hexToBytes(secretsHex.clientApplicationTraffic));
    const inner = new Uint8Array(length);
    inner.set(content);
    const header = concatBytes(hexToBytes('170303'), number(2, length + 16));
    expect(await creator.receive(concatBytes(header, await key.seal(inner, header)))).toMatchObject(failure(alert));
  });

  it('are 2^24 with one key, in each direction', async () => {
    const raw = await crypto.subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, ['encrypt', 'decrypt']);
    const last = () => new TrafficKey(raw, new Uint8Array(12), MAX_RECORDS - 1);
    const header = new Uint8Array(5);
    const [sealing, opening] = [last(), last()];
    const sealed = await sealing.seal(utf8('last'), header);
    expect(await opening.open(sealed, header)).toEqual(utf8('last'));
    await expect(sealing.seal(utf8('more'), header)).rejects.toMatchObject({ alert: 'internal_error' });
    await expect(opening.open(sealed, header)).rejects.toMatchObject({ alert: 'internal_error' });
  });

  it('bring tickets, which the joiner leaves aside and the creator refuses', async () => {
    const { joiner, creator } = await establishedEnds();
    const from = await asCreator();
    const tickets = await from.write(CONTENT.handshake, concatBytes(NEW_SESSION_TICKET, NEW_SESSION_TICKET));
    expect(await joiner.receive(tickets)).toEqual({ type: 'nothing', records: [] });
    expect(await joiner.receive(await from.write(CONTENT.applicationData, utf8('on')))).toMatchObject({ type: 'data' });
    const ticket = await (await asJoiner()).write(CONTENT.handshake, NEW_SESSION_TICKET);
    expect(await creator.receive(ticket)).toMatchObject(failure('unexpected_message'));
  });

  it.each([
    ['a key update', CONTENT.handshake, KEY_UPDATE, 'unexpected_message'],
    ['a handshake record without a message', CONTENT.handshake, new Uint8Array(), 'unexpected_message'],
    ['half a message', CONTENT.handshake, NEW_SESSION_TICKET.subarray(0, 9), 'decode_error'],
    ['a good-bye that calls itself fatal', CONTENT.alert, Uint8Array.of(2, 0), 'illegal_parameter'],
    ['an alert of one byte', CONTENT.alert, Uint8Array.of(1), 'decode_error'],
    ['two alerts in one', CONTENT.alert, Uint8Array.of(1, 0, 1, 0), 'decode_error'],
  ])('end the connection with %s', async (_, type, content, alert) => {
    const { joiner } = await establishedEnds();
    const received = await joiner.receive(await (await asCreator()).write(type, content));
    expect(received).toMatchObject(failure(alert));
    expect(received.records.length).toBe(1);
    expect(await joiner.close()).toEqual([]);
    expect(await joiner.receive(utf8('anything'))).toEqual({ type: 'nothing', records: [] });
  });

  it.each([
    [2, 40, 'handshake_failure'],
    [1, 90, 90],
  ])('tell of an alert of the other end, level %i number %i', async (level, description, alert) => {
    const { joiner } = await establishedEnds();
    const record = await (await asCreator()).write(CONTENT.alert, Uint8Array.of(level, description));
    expect(await joiner.receive(record)).toMatchObject({
      type: 'failed',
      error: { alert, isOfPeer: true },
      records: [],
    });
  });
});

describe('the handshake', () => {
  it('does not take a good-bye in the clear for one', async () => {
    const { joiner, creator } = tracedEnds();
    await creator.start();
    await joiner.start();
    const record = plainRecord(CONTENT.alert, Uint8Array.of(1, 0));
    expect(await creator.receive(record)).toMatchObject(failure('close_notify', true));
    expect(await joiner.receive(record)).toMatchObject(failure('close_notify', true));
  });

  it('takes no data before its end', async () => {
    const { joiner, creator } = tracedEnds();
    await creator.start();
    await joiner.start();
    const record = plainRecord(CONTENT.applicationData, utf8('early'));
    expect(await creator.receive(record)).toMatchObject(failure('unexpected_message'));
    expect(await joiner.receive(record)).toMatchObject(failure('unexpected_message'));
  });

  it('takes one change_cipher_spec of the joiner too, after its hello', async () => {
    const record = plainRecord(CONTENT.changeCipherSpec, Uint8Array.of(1));
    const early = tracedEnds().creator;
    await early.start();
    expect(await early.receive(record)).toMatchObject(failure('unexpected_message'));
    const { creator } = tracedEnds();
    await creator.start();
    await creator.receive(hexToBytes(recordsHex.clientHello));
    expect(await creator.receive(record)).toEqual({ type: 'nothing', records: [] });
    expect((await creator.receive(hexToBytes(recordsHex.clientFinished))).type).toBe('established');
    expect(await creator.receive(record)).toMatchObject(failure('unexpected_message'));
  });

  it.each([
    ['ServerHello', 'joiner', recordsHex.serverHello],
    ['ClientHello', 'creator', recordsHex.clientHello],
  ] as const)('lets nothing follow a %s in its record', async (_, role, record) => {
    const end = tracedEnds()[role];
    await end.start();
    const messages = hexToBytes(record).subarray(5);
    const both = plainRecord(CONTENT.handshake, concatBytes(messages, FINISHED_HEADER, new Uint8Array(32)));
    expect(await end.receive(both)).toMatchObject(failure('unexpected_message'));
  });

  it('takes EncryptedExtensions and Finished in two records as well', async () => {
    const { joiner } = tracedEnds();
    await joiner.start();
    await joiner.receive(hexToBytes(recordsHex.serverHello));
    const from = await writer(secretsHex.serverHandshakeTraffic);
    const verifyData = hexToBytes(vectors.plaintext.serverFinishedVerifyDataHex);
    const extensions = hexToBytes(vectors.plaintext.serverEncryptedExtensionsHex);
    expect((await joiner.receive(await from.write(CONTENT.handshake, extensions))).type).toBe('nothing');
    const finished = await from.write(CONTENT.handshake, concatBytes(FINISHED_HEADER, verifyData));
    expect((await joiner.receive(finished)).type).toBe('established');
  });

  it.each([
    ['an extension that was not asked for', '08000006000400000000', 'unsupported_extension'],
    ['another message', '0b0000020000', 'unexpected_message'],
  ])('refuses %s in place of EncryptedExtensions', async (_, hex, alert) => {
    const { joiner } = tracedEnds();
    await joiner.start();
    await joiner.receive(hexToBytes(recordsHex.serverHello));
    const from = await writer(secretsHex.serverHandshakeTraffic);
    expect(await joiner.receive(await from.write(CONTENT.handshake, hexToBytes(hex)))).toMatchObject(failure(alert));
  });
});

describe('a ClientHello', () => {
  const hello = recordsHex.clientHello.slice(10);
  /** The trace's with a part replaced, its lengths kept right. */
  const changed = (from: string, to: string) => {
    const body = hello.slice(8);
    expect(body).toContain(from);
    const extensionsAt = body.indexOf('0043002b');
    const [head, tail] = [body.slice(0, extensionsAt), body.slice(extensionsAt + 4)];
    const [newHead, newTail] = [head.replace(from, to), tail.replace(from, to)];
    const message = concatBytes(hexToBytes(newHead), vector(2, hexToBytes(newTail)));
    return plainRecord(CONTENT.handshake, concatBytes(number(1, 1), vector(3, message)));
  };

  it.each([
    ['of another version', '0303', '0302', 'protocol_version'],
    ['without our suite', '00021301', '00021302', 'handshake_failure'],
    ['with compression', '13010100', '13010101', 'illegal_parameter'],
    ['without TLS 1.3', '002b0003020304', '002b0003020303', 'protocol_version'],
    ['without supported_versions', '002b0003020304', '', 'missing_extension'],
    ['without psk_ke', '002d00020100', '002d00020101', 'handshake_failure'],
    ['without psk_key_exchange_modes', '002d00020100', '', 'missing_extension'],
    ['with an extension twice', '002d00020100', '002d00020100002d00020100', 'illegal_parameter'],
    ['with something after the key', '8592cc', '8592cc002a0000', 'illegal_parameter'],
    ['with another identity', '746573746b6579', '746573746b657a', 'unknown_psk_identity'],
  ])('%s is refused', async (_, from, to, alert) => {
    const { creator } = tracedEnds();
    await creator.start();
    expect(await creator.receive(changed(from, to))).toMatchObject(failure(alert));
  });

  it('may ask for more than there is', async () => {
    const { creator } = tracedEnds();
    await creator.start();
    // It is read to its end: all that is wrong with it is the binder, which does not cover what was put in.
    const received = await creator.receive(changed('002b0003020304', '12340001ff002b0003020304'));
    expect(received).toMatchObject(failure('decrypt_error'));
  });
});
