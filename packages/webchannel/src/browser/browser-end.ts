import {
  readWebChannelDetail,
  WEBCHANNEL_ERRNO_NO_CHANNEL,
  WEBCHANNEL_ID,
  type WebChannelCommand,
  type WebChannelMessage,
} from '@foxden/protocol';
import type { BrowserOptions, BrowserPlace, Sender } from './options.js';
import type { BrowserPairing } from './pairing.js';
import { type Data, optionalText, readData, requiredHex, requiredText } from './read-data.js';
import { createPendingServices, type PendingServices } from './requested-services.js';
import { canLinkAccount, changePassword, login, oauthLogin, signOut } from './sign-in.js';
import { fxaStatus } from './status.js';

/** The browser's end of the channel. */
export interface BrowserEnd {
  /**
   * Takes the detail of a page's event. Messages are handled one at a time, in their order; the promise resolves when
   * this one is. It never rejects: what goes wrong, the page is told.
   */
  receive(detail: unknown, sender: Sender): Promise<void>;
}

interface Call {
  readonly browser: BrowserOptions;
  readonly pending: PendingServices;
  readonly data: Data;
  readonly sender: Sender;
}

/** Does what a command says; gives the data of the answer, or undefined where none is meant. */
type Handler = (call: Call) => Promise<object | undefined>;

const opens =
  (place: BrowserPlace): Handler =>
  async ({ browser, data }) => {
    await browser.open(place, optionalText(data, 'entryPoint'));
    return { ok: true };
  };

/** A channel that is none of this browser's gets no answer, as in Firefox (webchannel §7). */
const pairs =
  (act: (pairing: BrowserPairing) => Promise<object>): Handler =>
  async ({ browser, data }) => {
    const pairing = browser.pairing?.(requiredText(data, 'channel_id'));
    return pairing === undefined ? undefined : act(pairing);
  };

const nothing = () => ({});

const handlers: Readonly<Record<WebChannelCommand, Handler>> = {
  'fxaccounts:fxa_status': ({ browser, data, sender }) => fxaStatus(browser, data, sender),
  'fxaccounts:can_link_account': ({ browser, data }) => canLinkAccount(browser, data),
  'fxaccounts:login': ({ browser, pending, data }) => login(browser, pending, data),
  'fxaccounts:oauth_login': ({ browser, pending, data }) => oauthLogin(browser, pending, data),
  'fxaccounts:oauth_flow_is_active': async ({ browser }) => ({ isActive: await browser.account.isFlowActive() }),
  'fxaccounts:oauth_flow_begin': async ({ browser, data }) => {
    const scopes = Array.isArray(data['scopes']) ? data['scopes'].filter((scope) => typeof scope === 'string') : [];
    return { ...(await browser.account.beginFlow(scopes)) };
  },
  'fxaccounts:change_password': ({ browser, data }) => changePassword(browser, data),
  'fxaccounts:logout': ({ browser, pending, data }) => signOut(browser, pending, data),
  'fxaccounts:delete': ({ browser, pending, data }) => signOut(browser, pending, data),
  'profile:change': async ({ browser, data }) => {
    const user = await browser.account.signedInUser();
    if (user?.uid === requiredHex(data, 'uid', 32)) await browser.account.refreshProfile();
    return undefined;
  },
  'fxaccounts:sync_preferences': opens('sync-preferences'),
  'fxaccounts:firefox_view': opens('firefox-view'),
  'fxaccounts:pair_preferences': async (call) =>
    call.browser.capabilities.pairing === true ? opens('pair-preferences')(call) : undefined,
  'fxaccounts:pair_supplicant_metadata': pairs((pairing) => pairing.supplicantMetadata()),
  'fxaccounts:pair_authorize': pairs((pairing) => pairing.authorize().then(nothing)),
  'fxaccounts:pair_heartbeat': pairs((pairing) => pairing.heartbeat()),
  'fxaccounts:pair_decline': pairs((pairing) => pairing.decline().then(nothing)),
  'fxaccounts:pair_complete': pairs((pairing) => pairing.complete().then(nothing)),
};

/**
 * Plays Firefox's part towards the pages of an accounts server (webchannel §1 to §7).
 * @throws TypeError when `accountsUrl` is no URL
 */
export function createBrowserEnd(browser: BrowserOptions): BrowserEnd {
  const { origin } = new URL(browser.accountsUrl);
  const pending = createPendingServices(browser);
  let queue: Promise<void> = Promise.resolve();

  async function handle(message: WebChannelMessage, sender: Sender): Promise<void> {
    const { messageId, command } = message;
    const answer = (content: Omit<WebChannelMessage, 'messageId'>) =>
      sender.reply({ id: WEBCHANNEL_ID, message: { ...content, ...(messageId === undefined ? {} : { messageId }) } });
    if (sender.origin !== origin) {
      // As Firefox says it: with nothing of the question in it.
      return sender.reply({
        id: WEBCHANNEL_ID,
        message: { errno: WEBCHANNEL_ERRNO_NO_CHANNEL, error: 'No Such Channel' },
      });
    }
    if (!isCommand(command)) return answer({ command, data: { error: { message: 'unknown command', stack: null } } });
    try {
      const data = await handlers[command]({ browser, pending, data: readData(message.data), sender });
      if (data !== undefined && !(browser.silent ?? []).includes(command)) answer({ command, data });
    } catch (error) {
      answer({ command, data: { error: { message: String(error), stack: null } } });
    }
  }

  return {
    receive(detail, sender) {
      const message = readWebChannelDetail(detail);
      if (message === undefined) return Promise.resolve();
      // A page that is gone takes no answer; the messages after it must be heard all the same.
      queue = queue.then(() => handle(message, sender)).catch(() => undefined);
      return queue;
    },
  };
}

function isCommand(command: unknown): command is WebChannelCommand {
  return typeof command === 'string' && Object.hasOwn(handlers, command);
}
