import type { BrowserCapabilities } from '@foxden/protocol';
import type { PageChannel } from '@foxden/webchannel';

/** Asks a browser whether an account may be linked to it, once for each (webchannel §4). */
export interface Linking {
  /** As soon as the address is known; not where the browser wants to know the uid of an account that exists. */
  askEarly(email: string, exists: boolean): Promise<boolean>;
  /** Before the browser is signed in. */
  ask(account: { readonly email: string; readonly uid: string }): Promise<boolean>;
}

export function createLinking(channel: PageChannel, { can_link_account_uid: byUid }: BrowserCapabilities): Linking {
  const agreed = new Set<string>();
  const ask = async (email: string, uid?: string): Promise<boolean> => {
    const { ok } = await channel.ask('fxaccounts:can_link_account', uid === undefined ? { email } : { email, uid });
    if (ok) agreed.add(email.toLowerCase());
    return ok;
  };
  return {
    askEarly: async (email, exists) => (exists && byUid === true) || ask(email),
    ask: async ({ email, uid }) => agreed.has(email.toLowerCase()) || ask(email, byUid === true ? uid : undefined),
  };
}
