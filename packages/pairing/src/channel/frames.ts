import { base64urlToBytes, bytesToBase64url, MalformedError } from '@foxden/protocol';
import { PairingError } from '../error.js';
import { type RemoteMetadata, readRemoteMetadata } from '../messages/metadata.js';
import { membersOf, requiredText } from '../messages/reading.js';
import { CHANNEL_ID } from '../pairing-url.js';
import { MAX_RECORD } from '../tls/records.js';

/** Room for what the server says of a sender, characters. */
const MAX_ENVELOPE = 4096;
/** No frame is longer, characters. */
export const MAX_FRAME = Math.ceil((MAX_RECORD * 4) / 3) + MAX_ENVELOPE;

const MESSAGE = /^[A-Za-z0-9_-]*={0,2}$/;

/**
 * The channel id in the first frame of a server (OAuth §6.1).
 * @throws PairingError `malformed`
 */
export function readWelcome(frame: unknown): string {
  return requiredText(readFrame(frame), 'channelid', CHANNEL_ID);
}

/**
 * A record, and who sent it, in any later frame (OAuth §6.1). Some senders pad their base64url.
 * @throws PairingError `malformed`
 */
export function readEnvelope(frame: unknown): { readonly record: Uint8Array; readonly sender: RemoteMetadata } {
  const members = readFrame(frame);
  const message = requiredText(members, 'message', MESSAGE).replace(/=+$/, '');
  return { record: readRecord(message), sender: readRemoteMetadata(members['sender']) };
}

/** The frame of a record. */
export function writeFrame(record: Uint8Array): string {
  return bytesToBase64url(record);
}

function readFrame(frame: unknown) {
  if (typeof frame !== 'string') throw new PairingError('malformed', 'a frame is no text');
  if (frame.length > MAX_FRAME) throw new PairingError('malformed', 'a frame is too long');
  return membersOf(readJson(frame, 'a frame'), 'a frame');
}

function readRecord(message: string): Uint8Array {
  try {
    return base64urlToBytes(message);
  } catch (cause) {
    if (cause instanceof MalformedError) throw new PairingError('malformed', 'a record is no base64url', { cause });
    throw cause;
  }
}

/**
 * The JSON of a text, or of its UTF-8.
 * @throws PairingError `malformed`
 */
export function readJson(text: string | Uint8Array, what: string): unknown {
  try {
    return JSON.parse(typeof text === 'string' ? text : new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch (cause) {
    throw new PairingError('malformed', `${what} is no JSON`, { cause });
  }
}
