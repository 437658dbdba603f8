/** The scopes that servers and first-party clients name (OAuth §1.3). */

export const SCOPE_OPENID = 'openid';
/** OIDC's name for `profile:email`; checked by name, not by prefix. */
export const SCOPE_EMAIL = 'email';

export const SCOPE_PROFILE = 'profile';
export const SCOPE_PROFILE_UID = 'profile:uid';
export const SCOPE_PROFILE_EMAIL = 'profile:email';
export const SCOPE_PROFILE_DISPLAY_NAME = 'profile:display_name';
export const SCOPE_PROFILE_AVATAR = 'profile:avatar';
export const SCOPE_PROFILE_LOCALE = 'profile:locale';
export const SCOPE_PROFILE_AMR = 'profile:amr';
export const SCOPE_PROFILE_SUBSCRIPTIONS = 'profile:subscriptions';
export const SCOPE_PROFILE_ACCOUNT_DISABLED_AT = 'profile:account_disabled_at';
export const SCOPE_PROFILE_ACCOUNT_LOCKED_AT = 'profile:account_locked_at';
/** For services of the same house: `GET /account/profile`. */
export const SCOPE_PROFILE_ADDITIONAL_EMAILS = 'profile:additionalEmails';
export const SCOPE_PROFILE_KEYS_CHANGED_AT = 'profile:keys_changed_at';
export const SCOPE_PROFILE_WRITE = 'profile:write';
export const SCOPE_PROFILE_DISPLAY_NAME_WRITE = 'profile:display_name:write';
export const SCOPE_PROFILE_AVATAR_WRITE = 'profile:avatar:write';

/** Firefox Sync, and the device API by refresh token; its key is the legacy one. */
export const SCOPE_OLDSYNC = 'https://identity.mozilla.com/apps/oldsync';
/** Redeeming a code with it also returns a fresh session token. */
export const SCOPE_SESSION_TOKEN = 'https://identity.mozilla.com/tokens/session';
export const SCOPE_RELAY = 'https://identity.mozilla.com/apps/relay';
export const SCOPE_VPN = 'https://identity.mozilla.com/apps/vpn';
export const SCOPE_SMARTWINDOW = 'https://identity.mozilla.com/apps/smartwindow';
export const SCOPE_NOTES = 'https://identity.mozilla.com/apps/notes';
export const SCOPE_SEND = 'https://identity.mozilla.com/apps/send';
export const SCOPE_LOCKBOX = 'https://identity.mozilla.com/apps/lockbox';
export const SCOPE_THUNDERBIRD_SYNC = 'https://identity.thunderbird.net/apps/sync';
export const SCOPE_SUBSCRIPTIONS = 'https://identity.mozilla.com/account/subscriptions';
export const SCOPE_SUBSCRIPTIONS_IAP = 'https://identity.mozilla.com/account/subscriptions/iap';
export const SCOPE_NEWSLETTERS = 'https://identity.mozilla.com/account/newsletters';

export const SCOPE_CLIENTS = 'clients';
export const SCOPE_CLIENTS_WRITE = 'clients:write';
export const SCOPE_OAUTH = 'oauth';
export const SCOPE_BASKET = 'basket';
