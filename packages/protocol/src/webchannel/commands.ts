import type { PairingHeartbeat, PairingReference, SupplicantMetadata } from './pairing.js';
import type { BrowserLogin, BrowserOAuthLogin, BrowserPasswordChange, CanLinkAccountRequest } from './sign-in.js';
import type { FxaStatus, FxaStatusRequest } from './status.js';

type Nothing = Readonly<Record<string, never>>;
type Done = { readonly ok: boolean };
type EntryPoint = { readonly entryPoint?: string | undefined };

/** The commands of a page that a browser answers: what goes out, and what comes back (webchannel §2). */
export interface AnsweredCommands {
  'fxaccounts:fxa_status': readonly [FxaStatusRequest, FxaStatus];
  'fxaccounts:can_link_account': readonly [CanLinkAccountRequest, Done];
  'fxaccounts:login': readonly [BrowserLogin, Done];
  'fxaccounts:oauth_login': readonly [BrowserOAuthLogin, Done];
  'fxaccounts:oauth_flow_is_active': readonly [Nothing, { readonly isActive: boolean }];
  /** Answers the query of a new flow. */
  'fxaccounts:oauth_flow_begin': readonly [
    { readonly scopes: readonly string[]; readonly service?: string | undefined },
    Readonly<Record<string, string>>,
  ];
  'fxaccounts:change_password': readonly [BrowserPasswordChange, Done];
  'fxaccounts:sync_preferences': readonly [EntryPoint, Done];
  'fxaccounts:firefox_view': readonly [EntryPoint, Done];
  'fxaccounts:pair_preferences': readonly [Nothing, Done];
  /** Only before the person has agreed: later it ends the pairing (webchannel §7). */
  'fxaccounts:pair_supplicant_metadata': readonly [PairingReference, SupplicantMetadata];
  /** Answered also where it went wrong, which the next heartbeat tells. */
  'fxaccounts:pair_authorize': readonly [PairingReference, Nothing];
  'fxaccounts:pair_heartbeat': readonly [PairingReference, PairingHeartbeat];
}

/** The commands that nobody waits for: they may close the channel, or are never answered (webchannel §1.2, §6.8). */
export interface ToldCommands {
  'fxaccounts:logout': { readonly uid: string };
  'fxaccounts:delete': { readonly uid: string; readonly email?: string | undefined };
  'profile:change': { readonly uid: string };
  'fxaccounts:pair_decline': PairingReference;
  'fxaccounts:pair_complete': PairingReference;
  /** Mobile browsers take these without a word, so a page may also tell them. */
  'fxaccounts:login': BrowserLogin;
  'fxaccounts:oauth_login': BrowserOAuthLogin;
  'fxaccounts:change_password': BrowserPasswordChange;
}

export type AnsweredCommand = keyof AnsweredCommands;
export type ToldCommand = keyof ToldCommands;
export type WebChannelCommand = AnsweredCommand | ToldCommand;
