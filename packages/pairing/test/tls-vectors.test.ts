import { bytesToHex, hexToBytes, utf8 } from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import vectors from '../../../test/fixtures/vectors/pairing-tls-psk.json';
import { deriveSecret, earlySecret, finishedMac, nextSecret, pskBinder, trafficKey } from '../src/tls/key-schedule.js';
import { RecordLayer } from '../src/tls/records.js';
import { establishedEnds, KEY } from './support/secure-pair.js';

const { recordsHex, secretsHex, plaintext, keyScheduleUnitCase } = vectors;
const hex = (records: readonly Uint8Array[]) => records.map(bytesToHex);
/** A handshake message of a record in the clear. */
const message = (record: string) => hexToBytes(record).subarray(5);
const hellos = hexToBytes(bytesToHex(message(recordsHex.clientHello)) + bytesToHex(message(recordsHex.serverHello)));

describe('the records of the published trace', () => {
  it('of the handshake are ours, in both directions', async () => {
    const { hello, answer, joined, created } = await establishedEnds();
    expect(hex(hello)).toEqual([recordsHex.clientHello]);
    expect(hex(answer.records)).toEqual([
      recordsHex.serverHello,
      recordsHex.changeCipherSpec,
      recordsHex.serverEncryptedExtensionsAndFinished,
    ]);
    expect(joined.type).toBe('established');
    expect(hex(joined.records)).toEqual([recordsHex.clientFinished]);
    expect(created).toEqual({ type: 'established', records: [] });
  });

  it('of the joiner are written by ours and read by our creator', async () => {
    const { joiner, creator } = await establishedEnds();
    for (const name of ['clientAppData', 'clientAppData2'] as const) {
      const record = await joiner.send(utf8(plaintext[name]));
      expect(bytesToHex(record)).toBe(recordsHex[name]);
      expect(await creator.receive(record)).toEqual({ type: 'data', data: utf8(plaintext[name]), records: [] });
    }
    expect(hex(await joiner.close())).toEqual([recordsHex.clientClose]);
    expect(await creator.receive(hexToBytes(recordsHex.clientClose))).toEqual({ type: 'closed', records: [] });
  });

  it('of the creator are written by ours and read by our joiner', async () => {
    const { joiner, creator } = await establishedEnds();
    for (const name of ['serverAppData', 'serverAppData2'] as const) {
      const record = await creator.send(utf8(plaintext[name]));
      expect(bytesToHex(record)).toBe(recordsHex[name]);
      expect(await joiner.receive(record)).toEqual({ type: 'data', data: utf8(plaintext[name]), records: [] });
    }
    expect(hex(await creator.close())).toEqual([recordsHex.serverClose]);
    expect(await joiner.receive(hexToBytes(recordsHex.serverClose))).toEqual({ type: 'closed', records: [] });
  });

  it.each([
    [
      'serverHandshakeTraffic',
      'serverEncryptedExtensionsAndFinished',
      22,
      `${plaintext.serverEncryptedExtensionsHex}14000020${plaintext.serverFinishedVerifyDataHex}`,
    ],
    ['clientHandshakeTraffic', 'clientFinished', 22, `14000020${plaintext.clientFinishedVerifyDataHex}`],
    ['clientApplicationTraffic', 'clientAppData', 23, bytesToHex(utf8(plaintext.clientAppData))],
    ['serverApplicationTraffic', 'serverAppData', 23, bytesToHex(utf8(plaintext.serverAppData))],
  ] as const)('open with %s: %s', async (secret, record, type, content) => {
    const layer = new RecordLayer();
    layer.readKey = await trafficKey(hexToBytes(secretsHex[secret]));
    const read = await layer.read(hexToBytes(recordsHex[record]));
    expect([read.type, bytesToHex(read.bytes)]).toEqual([type, content]);
  });

  it('end with the alert of the trace', async () => {
    const { joiner, creator } = await establishedEnds();
    const layer = new RecordLayer();
    layer.readKey = await trafficKey(hexToBytes(secretsHex.clientApplicationTraffic));
    const [record = new Uint8Array()] = await joiner.close();
    await expect(layer.read(record)).resolves.toEqual({ type: 21, bytes: hexToBytes(plaintext.closeAlertHex) });
    expect((await creator.receive(record)).type).toBe('closed');
  });
});

describe('the secrets of the published trace', () => {
  it('are those of our key schedule', async () => {
    const early = await earlySecret(KEY.psk);
    const handshake = await nextSecret(early);
    const master = await nextSecret(handshake);
    const serverFinished = `14000020${plaintext.serverFinishedVerifyDataHex}`;
    const transcript = hexToBytes(bytesToHex(hellos) + plaintext.serverEncryptedExtensionsHex + serverFinished);
    const own = {
      earlySecret: early,
      pskBinder: await pskBinder(early, message(recordsHex.clientHello).subarray(0, -35)),
      handshakeSecret: handshake,
      clientHandshakeTraffic: await deriveSecret(handshake, 'c hs traffic', hellos),
      serverHandshakeTraffic: await deriveSecret(handshake, 's hs traffic', hellos),
      masterSecret: master,
      clientApplicationTraffic: await deriveSecret(master, 'c ap traffic', transcript),
      serverApplicationTraffic: await deriveSecret(master, 's ap traffic', transcript),
      extBinderKey: await deriveSecret(early, 'ext binder', new Uint8Array()),
    };
    expect(Object.fromEntries(Object.entries(own).map(([name, bytes]) => [name, bytesToHex(bytes)]))).toEqual(
      secretsHex,
    );
  });

  it('finish both ends', async () => {
    const server = await finishedMac(
      hexToBytes(secretsHex.serverHandshakeTraffic),
      hexToBytes(bytesToHex(hellos) + plaintext.serverEncryptedExtensionsHex),
    );
    const client = await finishedMac(
      hexToBytes(secretsHex.clientHandshakeTraffic),
      hexToBytes(`${bytesToHex(hellos)}${plaintext.serverEncryptedExtensionsHex}14000020${bytesToHex(server)}`),
    );
    expect(bytesToHex(server)).toBe(plaintext.serverFinishedVerifyDataHex);
    expect(bytesToHex(client)).toBe(plaintext.clientFinishedVerifyDataHex);
  });

  it('of the unit case follow from its made-up transcripts', async () => {
    const early = await earlySecret(utf8(keyScheduleUnitCase.pskUtf8));
    const handshake = await nextSecret(early);
    const master = await nextSecret(handshake);
    const plain = utf8(keyScheduleUnitCase.plaintextTranscriptUtf8);
    const whole = utf8(
      keyScheduleUnitCase.plaintextTranscriptUtf8 + keyScheduleUnitCase.encryptedTranscriptAppendedUtf8,
    );
    const own = [
      await deriveSecret(early, 'ext binder', new Uint8Array()),
      await deriveSecret(handshake, 'c hs traffic', plain),
      await deriveSecret(handshake, 's hs traffic', plain),
      await deriveSecret(master, 'c ap traffic', whole),
      await deriveSecret(master, 's ap traffic', whole),
    ];
    expect(hex(own)).toEqual([
      keyScheduleUnitCase.extBinderKeyHex,
      keyScheduleUnitCase.clientHandshakeTrafficHex,
      keyScheduleUnitCase.serverHandshakeTrafficHex,
      keyScheduleUnitCase.clientApplicationTrafficHex,
      keyScheduleUnitCase.serverApplicationTrafficHex,
    ]);
  });
});
