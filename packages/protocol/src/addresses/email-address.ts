import { isDisplaySafe } from './display-safe.js';

const EMAIL_USER = /^[A-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/i;
const EMAIL_DOMAIN = /^[A-Z0-9](?:[A-Z0-9-]{0,253}[A-Z0-9])?(?:\.[A-Z0-9](?:[A-Z0-9-]{0,253}[A-Z0-9])?)+$/i;
const NON_ASCII = /[^\p{ASCII}]/u;

/**
 * Whether text is an email address that an account can have (auth-api §3, `email`).
 * Non-ASCII letters are allowed in both halves; the domain is judged by its IDNA form and needs at least two labels.
 */
export function isEmailAddress(text: string): boolean {
  if (text.length > 255 || !isDisplaySafe(text)) return false;
  const at = text.indexOf('@');
  if (at < 1 || at !== text.lastIndexOf('@')) return false;
  return isLocalPart(text.slice(0, at)) && isDomain(text.slice(at + 1));
}

function isLocalPart(local: string): boolean {
  if (!NON_ASCII.test(local)) return EMAIL_USER.test(local);
  // RFC 6531 extends the atom by any non-ASCII character; the length limit counts UTF-8 octets.
  const ascii = local.replace(/[^\p{ASCII}]/gu, '');
  const octets = new TextEncoder().encode(local).length;
  return octets <= 64 && !/\p{White_Space}/u.test(local) && (ascii === '' || EMAIL_USER.test(ascii));
}

function isDomain(domain: string): boolean {
  if (!NON_ASCII.test(domain)) return domain.length <= 255 && EMAIL_DOMAIN.test(domain);
  if (/[\s/?#@:\\%]/.test(domain)) return false;
  const host = idnaHost(domain);
  return host !== undefined && host.length <= 255 && EMAIL_DOMAIN.test(host);
}

/** The IDNA form of a domain; undefined when it has none. */
function idnaHost(domain: string): string | undefined {
  try {
    return new URL(`https://${domain}/`).hostname;
  } catch {
    return undefined;
  }
}
