import { PairingError } from '../error.js';
import { type Members, membersOf } from './reading.js';

/** What the two sides say to each other (OAuth §6.4). */
export const MESSAGES = [
  'pair:supp:request',
  'pair:auth:metadata',
  'pair:auth:authorize',
  'pair:supp:authorize',
] as const;
export type MessageName = (typeof MESSAGES)[number];

export interface PairingMessage {
  readonly message: MessageName;
  readonly data: Members;
}

/**
 * Reads what came through a channel; a message without data has none.
 * @throws PairingError `malformed`, also for a message that nobody knows
 */
export function readMessage(content: unknown): PairingMessage {
  const { message, data } = membersOf(content, 'the message');
  const known = MESSAGES.find((name) => name === message);
  if (known === undefined) throw new PairingError('malformed', 'an unknown message');
  return { message: known, data: membersOf(data ?? {}, `the data of ${known}`) };
}

/** What goes through a channel. */
export function writeMessage(message: MessageName, data: object = {}): object {
  return { message, data };
}
