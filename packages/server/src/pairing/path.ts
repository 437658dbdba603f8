import { API_ROOT } from '../http/mount.js';

/** Where channels are; the id of one follows. */
export const CHANNEL_PATH = `${API_ROOT}/ws/`;

/** Whether a text can be the id of a channel: base64url, 22 characters. */
export function isChannelId(text: string): boolean {
  return /^[A-Za-z0-9_-]{22}$/.test(text);
}
