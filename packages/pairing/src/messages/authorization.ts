import { PairingError } from '../error.js';
import { type Members, optionalTexts, requiredText } from './reading.js';

/** What an authority grants, data of `pair:auth:authorize` (OAuth §6.4). */
export interface PairingAuthorization {
  /** hex, 64 digits */
  readonly code: string;
  /** The state of the request. */
  readonly state: string;
  /** Where the server would send a person with this code. */
  readonly redirect?: string;
  /** What was granted, separated by spaces. */
  readonly scope?: string;
}

const CODE = /^[0-9a-fA-F]{64}$/;

/**
 * The data of `pair:auth:authorize`, checked on its way out as on its way in.
 * @param state of the request
 * @throws PairingError `malformed`, also when it is of another request
 */
export function readAuthorization(data: Members, state: string): PairingAuthorization {
  const code = requiredText(data, 'code', CODE);
  if (data['state'] !== state) throw new PairingError('malformed', 'the state is of another request');
  return { code, state, ...optionalTexts(data, { redirect: 2048, scope: 2048 }) };
}
