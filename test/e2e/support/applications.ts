/** The applications that these tests register, as an operator would write them into `clients.json`. */

export const NOTES_SCOPE = 'https://identity.mozilla.com/apps/notes';

/** One of the operator's own; it gets end-to-end keys. */
export const notes = {
  id: 'a0a1a2a3a4a5a6a7',
  name: 'Fox Notes',
  redirectUris: ['https://notes.example/callback', 'https://notes.example/second?keep=1'],
  publicClient: true,
  trusted: true,
  allowedScopes: [NOTES_SCOPE],
  scopesWithKeys: [NOTES_SCOPE],
};

/** A stranger, whom people are asked about. */
export const stranger = {
  id: 'b0b1b2b3b4b5b6b7',
  name: 'Tree Census',
  redirectUris: ['https://census.example/callback'],
  publicClient: true,
};

export const applications = [notes, stranger];

/** RFC 7636, appendix B. */
export const CODE_VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const CODE_CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** The address that an application sends people to. */
export function authorizationUrl(
  url: string,
  application: { readonly id: string; readonly redirectUris: readonly string[] },
  parameters: Readonly<Record<string, string | undefined>> = {},
): string {
  const all: Record<string, string | undefined> = {
    client_id: application.id,
    scope: 'openid profile:email',
    state: 'state of mind',
    response_type: 'code',
    redirect_uri: application.redirectUris[0],
    code_challenge: CODE_CHALLENGE,
    code_challenge_method: 'S256',
    ...parameters,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${url}/authorization?${new URLSearchParams(given)}`;
}
