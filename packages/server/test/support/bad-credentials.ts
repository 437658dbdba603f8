import { type Authentication, type Endpoint, MFA_ACTIONS, type TokenKind, tokenKinds } from '@foxden/protocol';
import fc from 'fast-check';

/**
 * What somebody who is signed in holds, as it is presented: ids of tokens (hex, 64 digits), an access token and step-up
 * tokens as they are.
 */
export type Holdings = Readonly<Record<Exclude<Authentication, 'none'>, string>>;

function isTokenKind(scheme: Authentication): scheme is TokenKind {
  return Object.hasOwn(tokenKinds, scheme);
}

/** Authorization headers that prove what an endpoint asks for; none where it asks for nothing. */
export function goodAuthorization(endpoint: Endpoint, holdings: Holdings): fc.Arbitrary<string | undefined> {
  const schemes = endpoint.authentication.map((scheme) => {
    if (scheme === 'none') return fc.constant(undefined);
    if (!isTokenKind(scheme)) return fc.constant(`Bearer ${holdings[scheme]}`);
    return fc.constantFrom(bearer(scheme, holdings[scheme]), hawk(holdings[scheme]));
  });
  return fc.oneof(...schemes);
}

/** Authorization headers that prove nothing. Where proof is optional, only an unknown token of the right kind is wrong. */
export function badAuthorizations(endpoint: Endpoint, holdings: Holdings): fc.Arbitrary<string | undefined>[] {
  const kinds = endpoint.authentication.filter((scheme) => scheme !== 'none');
  const unknown = kinds.flatMap((kind) => {
    if (isTokenKind(kind)) return [tokenId.map((id) => bearer(kind, id)), tokenId.map((id) => hawk(id))];
    if (isPlain(kind)) return [tokenId.map((id) => `Bearer ${id}`)];
    const ofOtherActions = MFA_ACTIONS.filter((action) => kind !== `mfa:${action}`);
    return [fc.constantFrom('Bearer a.b.c', ...ofOtherActions.map((action) => `Bearer ${holdings[`mfa:${action}`]}`))];
  });
  const optional = endpoint.authentication.includes('none');
  const useless = optional
    ? []
    : [fc.constant(undefined), ...kinds.flatMap((kind) => uselessHeaders(kind, kinds, holdings))];
  return [...unknown, ...useless];
}

/** OAuth tokens are presented as they are; those of the onepw protocol by an id, under a prefix. */
function isPlain(kind: keyof Holdings): kind is 'refreshToken' | 'accessToken' {
  return kind === 'refreshToken' || kind === 'accessToken';
}

const tokenId = fc.stringMatching(/^[0-9a-f]{64}$/);

function bearer(kind: TokenKind, id: string): string {
  return `Bearer ${tokenKinds[kind].bearerPrefix}_${id}`;
}

function hawk(id: string): string {
  return `Hawk id="${id}", ts="1353832234", nonce="j4h3g2", mac="6R4rV5iE+NPoym+WwjeHzjAGXUtLNIxmo1vpMofpLAE="`;
}

/** Headers around a token that is known, which still are none of the scheme, and headers of other schemes. */
function uselessHeaders(
  kind: keyof Holdings,
  accepted: readonly Authentication[],
  holdings: Holdings,
): fc.Arbitrary<string>[] {
  const id = holdings[kind];
  const foreignIds = Object.entries(holdings)
    .filter(([other]) => accepted.every((each) => each !== other))
    .map(([, token]) => token);
  const prefixes = Object.values(tokenKinds).map(({ bearerPrefix }) => bearerPrefix);
  const other = fc.constantFrom(
    ...prefixes.filter((prefix) => !isTokenKind(kind) || prefix !== tokenKinds[kind].bearerPrefix),
  );
  return [
    other.map((prefix) => `Bearer ${prefix}_${id}`),
    fc
      .tuple(fc.constantFrom(...prefixes), fc.constantFrom(...foreignIds))
      .map(([prefix, foreign]) => `Bearer ${prefix}_${foreign}`),
    fc.constantFrom(...foreignIds).map(hawk),
    fc.tuple(other, headerText()).map(([prefix, text]) => `Bearer ${prefix}_${text}`),
    headerText().map((text) => `Hawk ${text}`),
    fc.constantFrom(
      `Hawk id="${id}", id="${id}"`,
      `Hawk id=${id}`,
      `Hawk id='${id}'`,
      `Hawk id="${id}" ts="1"`,
      `Hawk id="${id}", unknown="1"`,
      `Hawk id="${id}", ext="a\\"b"`,
      `Hawk id="${id}", ext="${'x'.repeat(4096)}"`,
      `Hawk id="${id}",`,
      `Hawk id="${id}0"`,
      `Hawk id="${id.slice(1)}"`,
      `Hawk id="${'g'.repeat(64)}"`,
      'Hawk',
      'Hawk id=""',
      `Basic ${id}`,
      `Digest username="${id}"`,
      'Basic %%%',
      'Bearer',
      'Bearer null',
      `Token ${id}`,
    ),
    fc.integer({ min: 1, max: 8000 }).map((length) => `Bearer ${'a'.repeat(length)}`),
    headerText(),
    ...(isTokenKind(kind) ? [wrongBearers(kind, id)] : []),
  ];
}

/** Letter case and the single blank are exact (auth-api §2.2). */
function wrongBearers(kind: TokenKind, id: string): fc.Arbitrary<string> {
  const right = bearer(kind, id);
  return fc.constantFrom(
    right.replace('Bearer', 'bearer'),
    right.replace(' ', '  '),
    right.replace('_', ''),
    right.replace(id, id.toUpperCase().replace(/^[0-9]+$/, 'A')),
    `${right}0`,
    right.slice(0, -1),
    `${right}, ${right}`,
    `Bearer ${id}`,
    id,
  );
}

/** Any text that HTTP lets into a header. */
export function headerText(): fc.Arbitrary<string> {
  const character = fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f);
  return fc.array(character, { maxLength: 200 }).map((codes) => String.fromCharCode(...codes).trim());
}
