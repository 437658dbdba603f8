/**
 * Push messages to devices, by way of the push services that browsers name: oauth-devices §3.4; RFC 8030, RFC 8291,
 * RFC 8292. What others may use: the Push of the context, what makes it, the messages, and which endpoints are allowed.
 */
export { isAllowedEndpoint } from './allowed-endpoint.js';
export { createPush, type Push, type Recipients, type RunningPush } from './create-push.js';
export { tellingDisconnections } from './disconnections.js';
export {
  accountDestroyed,
  commandReceived,
  deviceConnected,
  deviceDisconnected,
  LONGEST_TTL,
  messageOf,
  PASSWORD_CHANGED,
  PASSWORD_RESET,
  PROFILE_UPDATED,
  type PushMessage,
  SOMETHING_VERIFIED,
} from './messages.js';
export { createPushTransport, type PushAnswer, type PushRequest, type PushTransport } from './transport.js';
