import { type Bytes, concatBytes, equalBytes } from '@foxden/protocol';
import { TlsError } from './alert.js';
import { number, Reader, vector } from './wire.js';

/** Kinds of handshake messages (RFC 8446 §4). */
export const HANDSHAKE = {
  clientHello: 1,
  serverHello: 2,
  newSessionTicket: 4,
  encryptedExtensions: 8,
  finished: 20,
} as const;

/** How many random bytes a hello has; the session id has as many. */
export const RANDOM_LENGTH = 32;

const LEGACY_VERSION = 0x0303;
const TLS_1_3 = 0x0304;
const TLS_AES_128_GCM_SHA256 = 0x1301;
const PSK_KE = 0;
const BINDER_LENGTH = 32;
/** The list of one binder, which the binder itself does not cover. */
const BINDERS_LENGTH = 2 + 1 + BINDER_LENGTH;

const SUPPORTED_VERSIONS = 43;
const PSK_KEY_EXCHANGE_MODES = 45;
const PRE_SHARED_KEY = 41;

/** A handshake message, with its header. */
export interface Message {
  readonly type: number;
  readonly body: Uint8Array;
  readonly bytes: Uint8Array;
}

/**
 * The messages in a record; none reaches into the next one.
 * @throws TlsError `decode_error`; `unexpected_message` when there is none
 */
export function readMessages(content: Uint8Array): readonly Message[] {
  if (content.length === 0) throw new TlsError('unexpected_message');
  const messages: Message[] = [];
  const reader = new Reader(content);
  while (!reader.isDone) {
    const type = reader.number(1);
    const body = reader.vector(3);
    messages.push({ type, body, bytes: message(type, body) });
  }
  return messages;
}

function message(type: number, ...body: readonly Uint8Array[]): Bytes {
  return concatBytes(number(1, type), vector(3, ...body));
}

/**
 * A ClientHello that offers one key (RFC 8446 §4.1.2, §4.2.11).
 * @param bind makes the binder, of the message without its binders
 */
export async function writeClientHello(
  {
    random,
    sessionId,
    pskId,
  }: { readonly random: Uint8Array; readonly sessionId: Uint8Array; readonly pskId: Uint8Array },
  bind: (truncated: Uint8Array) => Promise<Uint8Array>,
): Promise<Bytes> {
  const identities = vector(2, vector(2, pskId), new Uint8Array(4));
  const build = (binder: Uint8Array) =>
    message(
      HANDSHAKE.clientHello,
      number(2, LEGACY_VERSION),
      random,
      vector(1, sessionId),
      vector(2, number(2, TLS_AES_128_GCM_SHA256)),
      vector(1, number(1, 0)),
      vector(
        2,
        extension(SUPPORTED_VERSIONS, vector(1, number(2, TLS_1_3))),
        extension(PSK_KEY_EXCHANGE_MODES, vector(1, number(1, PSK_KE))),
        extension(PRE_SHARED_KEY, identities, vector(2, vector(1, binder))),
      ),
    );
  const unbound = build(new Uint8Array(BINDER_LENGTH));
  return build(await bind(withoutBinders(unbound)));
}

function withoutBinders(hello: Uint8Array): Uint8Array {
  return hello.subarray(0, -BINDERS_LENGTH);
}

/** What a creator needs of a ClientHello. */
export interface ClientHello {
  readonly sessionId: Uint8Array;
  readonly binder: Uint8Array;
  /** What the binder covers. */
  readonly truncated: Uint8Array;
}

/**
 * Reads a ClientHello that must offer this suite, this mode and this key.
 * @throws TlsError by what it lacks
 */
export function readClientHello({ type, body, bytes }: Message, pskId: Uint8Array): ClientHello {
  if (type !== HANDSHAKE.clientHello) throw new TlsError('unexpected_message');
  const reader = new Reader(body);
  if (reader.number(2) !== LEGACY_VERSION) throw new TlsError('protocol_version');
  reader.take(RANDOM_LENGTH);
  const sessionId = reader.vector(1);
  if (sessionId.length > RANDOM_LENGTH) throw new TlsError('decode_error');
  if (!numbers(2, reader.vector(2)).includes(TLS_AES_128_GCM_SHA256)) throw new TlsError('handshake_failure');
  if (!equalBytes(reader.vector(1), number(1, 0))) throw new TlsError('illegal_parameter');
  const extensions = readExtensions(reader.vector(2));
  reader.end();
  if (!numbers(2, listed(1, extensions.get(SUPPORTED_VERSIONS))).includes(TLS_1_3))
    throw new TlsError('protocol_version');
  if (!numbers(1, listed(1, extensions.get(PSK_KEY_EXCHANGE_MODES))).includes(PSK_KE)) {
    throw new TlsError('handshake_failure');
  }
  // RFC 8446 §4.2.11: the last one, so that its binders are the end of the message.
  if ([...extensions.keys()].at(-1) !== PRE_SHARED_KEY) throw new TlsError('illegal_parameter');
  const binder = readOfferedKey(extensions.get(PRE_SHARED_KEY), pskId);
  return { sessionId, binder, truncated: withoutBinders(bytes) };
}

function readOfferedKey(data: Uint8Array | undefined, pskId: Uint8Array): Uint8Array {
  const reader = new Reader(data ?? new Uint8Array());
  const identities = new Reader(reader.vector(2));
  const identity = identities.vector(2);
  identities.take(4);
  identities.end();
  if (!equalBytes(identity, pskId)) throw new TlsError('unknown_psk_identity');
  const binder = listed(1, reader.vector(2));
  reader.end();
  if (binder.length !== BINDER_LENGTH) throw new TlsError('illegal_parameter');
  return binder;
}

/** A ServerHello that takes the one key that was offered (RFC 8446 §4.1.3). */
export function writeServerHello(random: Uint8Array, sessionId: Uint8Array): Bytes {
  return message(
    HANDSHAKE.serverHello,
    number(2, LEGACY_VERSION),
    random,
    vector(1, sessionId),
    number(2, TLS_AES_128_GCM_SHA256),
    number(1, 0),
    vector(2, extension(SUPPORTED_VERSIONS, number(2, TLS_1_3)), extension(PRE_SHARED_KEY, number(2, 0))),
  );
}

/**
 * Checks a ServerHello: apart from its random bytes there is only one that answers.
 * @throws TlsError `unexpected_message`, `illegal_parameter`
 */
export function checkServerHello({ type, body, bytes }: Message, sessionId: Uint8Array): void {
  if (type !== HANDSHAKE.serverHello) throw new TlsError('unexpected_message');
  const expected = writeServerHello(body.subarray(2, 2 + RANDOM_LENGTH), sessionId);
  if (!equalBytes(bytes, expected)) throw new TlsError('illegal_parameter');
}

export function writeEncryptedExtensions(): Bytes {
  return message(HANDSHAKE.encryptedExtensions, vector(2));
}

/**
 * Checks that nothing was agreed on that was not asked for.
 * @throws TlsError `unexpected_message`, `unsupported_extension`
 */
export function checkEncryptedExtensions({ type, bytes }: Message): void {
  if (type !== HANDSHAKE.encryptedExtensions) throw new TlsError('unexpected_message');
  if (!equalBytes(bytes, writeEncryptedExtensions())) throw new TlsError('unsupported_extension');
}

export function writeFinished(verifyData: Uint8Array): Bytes {
  return message(HANDSHAKE.finished, verifyData);
}

/**
 * Compares a Finished in constant time.
 * @throws TlsError `unexpected_message`, `decrypt_error`
 */
export function checkFinished({ type, body }: Message, verifyData: Uint8Array): void {
  if (type !== HANDSHAKE.finished) throw new TlsError('unexpected_message');
  if (!equalBytes(body, verifyData)) throw new TlsError('decrypt_error');
}

function extension(type: number, ...data: readonly Uint8Array[]): Bytes {
  return concatBytes(number(2, type), vector(2, ...data));
}

/** Extensions in their order; RFC 8446 §4.2: none twice. */
function readExtensions(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const extensions = new Map<number, Uint8Array>();
  const reader = new Reader(bytes);
  while (!reader.isDone) {
    const type = reader.number(2);
    if (extensions.has(type)) throw new TlsError('illegal_parameter');
    extensions.set(type, reader.vector(2));
  }
  return extensions;
}

/** The only vector in some bytes. */
function listed(size: 1 | 2, bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new TlsError('missing_extension');
  const reader = new Reader(bytes);
  const list = reader.vector(size);
  reader.end();
  return list;
}

function numbers(size: 1 | 2, bytes: Uint8Array): readonly number[] {
  const values: number[] = [];
  const reader = new Reader(bytes);
  while (!reader.isDone) values.push(reader.number(size));
  return values;
}
