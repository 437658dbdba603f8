/**
 * Commands from device to device: the keys that a device publishes for them, sealed for the devices of its owner, and the
 * payload sealed to those keys (oauth-devices §4; RFC 8188, RFC 8291).
 */
export { openPayload, sealPayload, type WebPushSender } from './aes128gcm.js';
export { openCommandKeys, sealCommandKeys } from './command-keys.js';
export { COMMAND_CLOSE_TABS, COMMAND_SEND_TAB } from './command-names.js';
export { openSyncBundle, type SyncBundle, sealSyncBundle } from './sync-bundle.js';
export {
  createWebPushKeys,
  type WebPushKeys,
  type WebPushPublicKeys,
} from './web-push-keys.js';
