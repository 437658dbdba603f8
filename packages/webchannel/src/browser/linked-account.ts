import { bytesToBase64, sha256, utf8 } from '@foxden/protocol';
import type { BrowserOptions } from './options.js';

type Linking = Pick<BrowserOptions, 'capabilities' | 'lastAccount' | 'confirmMerge'>;

interface Candidate {
  readonly email: string;
  /** Absent for an account that is yet to be made. */
  readonly uid?: string | undefined;
}

/** Whether an account may be linked: it was here last, nobody was, or the person wants it all the same (webchannel §4). */
export async function mayLink(browser: Linking, candidate: Candidate): Promise<boolean> {
  const last = await browser.lastAccount.read();
  if (last === undefined) return true;
  const name = nameOf(browser, candidate);
  if (name !== undefined && (await hashOf(name)) === last) return true;
  return browser.confirmMerge(candidate.email);
}

/** Notes whose data the browser holds from now on. */
export async function rememberAccount(browser: Linking, account: Required<Candidate>): Promise<void> {
  const name = nameOf(browser, account);
  if (name !== undefined) await browser.lastAccount.write(await hashOf(name));
}

/** What accounts are told apart by: newer browsers go by the uid, older ones by the address. */
function nameOf({ capabilities }: Linking, { email, uid }: Candidate): string | undefined {
  return capabilities.can_link_account_uid === true ? uid : email;
}

/** base64 of SHA-256 */
async function hashOf(text: string): Promise<string> {
  return bytesToBase64(await sha256(utf8(text)));
}
