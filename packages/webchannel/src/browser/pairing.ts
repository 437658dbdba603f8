import type { PairingHeartbeat, SupplicantMetadata } from '@foxden/protocol';

/**
 * A pairing in which this browser lets another device join its account, towards the page on which the person confirms
 * that (webchannel §7). What it throws, the page is told.
 */
export interface BrowserPairing {
  /** Who wants to join; asked before {@link authorize}. */
  supplicantMetadata(): Promise<SupplicantMetadata>;
  /** The person agrees: makes a code for the other device, and sends it there. */
  authorize(): Promise<void>;
  /** How it stands; asked every second. */
  heartbeat(): Promise<PairingHeartbeat>;
  /** The person does not want it: the channel is closed. */
  decline(): Promise<void>;
  /** Both have agreed, and the page is done: the channel is closed. */
  complete(): Promise<void>;
}
