import { type Bytes, concatBytes, equalBytes, type Random } from '@foxden/protocol';
import { TlsError } from './alert.js';
import { deriveSecret, earlySecret, finishedMac, nextSecret, pskBinder, trafficKey } from './key-schedule.js';
import {
  checkEncryptedExtensions,
  checkFinished,
  checkServerHello,
  type Message,
  RANDOM_LENGTH,
  readClientHello,
  writeClientHello,
  writeEncryptedExtensions,
  writeFinished,
  writeServerHello,
} from './messages.js';
import { CONTENT, plainRecord, type RecordLayer } from './records.js';

/** What both ends of a channel know before they meet. */
export interface SharedKey {
  /** bytes, 32 */
  readonly psk: Uint8Array;
  /** What the key is called: the channel id, as UTF-8. */
  readonly pskId: Uint8Array;
}

/** A handshake under way: it is given the messages of the other end, one by one, and gives records to be sent. */
export type Handshake = AsyncGenerator<readonly Bytes[], readonly Bytes[], Message>;

/** The part of whoever joins a channel: the client of RFC 8446 §2, with a key and nothing else (psk_ke). */
export async function* joinerHandshake(records: RecordLayer, { psk, pskId }: SharedKey, random: Random): Handshake {
  const early = await earlySecret(psk);
  const offer = { random: random(RANDOM_LENGTH), sessionId: random(RANDOM_LENGTH), pskId };
  const clientHello = await writeClientHello(offer, (truncated) => pskBinder(early, truncated));

  const serverHello = yield [await records.write(CONTENT.handshake, clientHello)];
  checkServerHello(serverHello, offer.sessionId);
  const secrets = await handshakeSecrets(early, concatBytes(clientHello, serverHello.bytes));
  records.readKey = await trafficKey(secrets.server);
  records.writeKey = await trafficKey(secrets.client);

  const extensions = yield [];
  checkEncryptedExtensions(extensions);
  const beforeFinished = concatBytes(clientHello, serverHello.bytes, extensions.bytes);

  const finished = yield [];
  checkFinished(finished, await finishedMac(secrets.server, beforeFinished));
  const transcript = concatBytes(beforeFinished, finished.bytes);
  const ownFinished = writeFinished(await finishedMac(secrets.client, transcript));
  const last = await records.write(CONTENT.handshake, ownFinished);
  const application = await applicationSecrets(secrets.secret, transcript);
  records.readKey = await trafficKey(application.server);
  records.writeKey = await trafficKey(application.client);
  return [last];
}

/** The part of whoever created the channel: the server of RFC 8446 §2. */
export async function* creatorHandshake(records: RecordLayer, { psk, pskId }: SharedKey, random: Random): Handshake {
  const early = await earlySecret(psk);

  const clientHello = yield [];
  const { sessionId, binder, truncated } = readClientHello(clientHello, pskId);
  if (!equalBytes(binder, await pskBinder(early, truncated))) throw new TlsError('decrypt_error');

  const serverHello = writeServerHello(random(RANDOM_LENGTH), sessionId);
  const flight = [await records.write(CONTENT.handshake, serverHello)];
  // RFC 8446, appendix D.4: for whoever looks in between.
  if (sessionId.length > 0) flight.push(plainRecord(CONTENT.changeCipherSpec, CHANGE_CIPHER_SPEC));
  const secrets = await handshakeSecrets(early, concatBytes(clientHello.bytes, serverHello));
  records.readKey = await trafficKey(secrets.client);
  records.writeKey = await trafficKey(secrets.server);
  const extensions = writeEncryptedExtensions();
  const beforeFinished = concatBytes(clientHello.bytes, serverHello, extensions);
  const ownFinished = writeFinished(await finishedMac(secrets.server, beforeFinished));
  flight.push(await records.write(CONTENT.handshake, concatBytes(extensions, ownFinished)));
  const transcript = concatBytes(beforeFinished, ownFinished);
  const application = await applicationSecrets(secrets.secret, transcript);
  records.writeKey = await trafficKey(application.server);

  const finished = yield flight;
  checkFinished(finished, await finishedMac(secrets.client, transcript));
  records.readKey = await trafficKey(application.client);
  return [];
}

/** The one content that a change_cipher_spec has. */
export const CHANGE_CIPHER_SPEC = Uint8Array.of(1);

async function handshakeSecrets(early: Uint8Array, transcript: Uint8Array) {
  const secret = await nextSecret(early);
  return {
    secret,
    client: await deriveSecret(secret, 'c hs traffic', transcript),
    server: await deriveSecret(secret, 's hs traffic', transcript),
  };
}

async function applicationSecrets(handshakeSecret: Uint8Array, transcript: Uint8Array) {
  const secret = await nextSecret(handshakeSecret);
  return {
    client: await deriveSecret(secret, 'c ap traffic', transcript),
    server: await deriveSecret(secret, 's ap traffic', transcript),
  };
}
