/** How long things live, milliseconds (oauth-devices §1.2). */
const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

export const CODE_LIFETIME = 15 * MINUTE;
/** Most that a client gets, whatever `ttl` it asks for. */
export const ACCESS_TOKEN_LIFETIME = 24 * HOUR;
/** JWT access tokens up to this age are not stored: they are valid until they expire and cannot be revoked. */
export const UNSTORED_JWT_LIFETIME = 6 * HOUR;
export const ID_TOKEN_LIFETIME = 5 * MINUTE;
/** An exchange of a refresh token whose answer was lost may be repeated for so long. */
export const EXCHANGE_OVERLAP = MINUTE;
/** For so long the use of an exchanged refresh token is noticed. */
export const EXCHANGE_MEMORY = 90 * 24 * HOUR;
/** The last use of a refresh token is written at most this often. */
export const LAST_USED_INTERVAL = 24 * HOUR;
