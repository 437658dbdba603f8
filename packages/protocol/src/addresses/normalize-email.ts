import { decodePunycode } from './punycode.js';

const NON_ASCII = /[^\p{ASCII}]/u;
/** Rounds after which no text is known to change any more; more would only be a loop that somebody else controls. */
const ROUNDS = 8;

/**
 * The form of an address under which it is looked up and counted. Two addresses with the same form are one address, so
 * that look-alikes never are two accounts: letter case, the ways to write a letter (Unicode normalisation NFKC, which
 * also joins full-width and other compatibility forms), characters that are not seen, and the IDNA spelling of a
 * domain make no difference. The form is no address to send mail to.
 */
export function normalizeEmail(email: string): string {
  if (!NON_ASCII.test(email) && !/xn--/i.test(email)) return email.toLowerCase();
  const at = email.lastIndexOf('@');
  const local = settled(email.slice(0, at + 1), fold);
  return local + settled(email.slice(at + 1), (domain) => fold(toUnicode(fold(domain))));
}

/** Repeats a step until it changes nothing: a folded text may contain what the same step folds again. */
function settled(text: string, step: (text: string) => string): string {
  let now = text;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = step(now);
    if (next === now) return now;
    now = next;
  }
  return now;
}

/** Unicode §3.13, toNFKC_Casefold: case is folded by way of upper case, since ß and ς have no single lower-case form. */
function fold(text: string): string {
  const folded = text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return folded.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
}

/** A domain with its IDNA labels (RFC 5890 §2.3.2.1) as they are read; the ideographic full stop separates labels too. */
function toUnicode(domain: string): string {
  return domain
    .replaceAll('。', '.')
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice('xn--'.length)) ?? label) : label))
    .join('.');
}
