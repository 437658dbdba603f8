import { allEndpoints, type Endpoint, oauthEndpoints, PROFILE_ERRORS, type ProfileErrorName } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FENIX } from '../support/attach.js';
import { signUp } from '../support/person.js';
import { HEX_32, HEX_64 } from '../support/persona.js';
import type { CallOptions } from '../support/send.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

// As errors.test.ts does for the auth family: every error that a definition lists is made to happen.

let server: TestServer;
let tokenFor: (scope: string) => Promise<string>;
beforeAll(async () => {
  server = await startTestServer();
  const { sessionToken } = await signUp(server, 'profile@example.com');
  tokenFor = async (scope) => {
    const { access_token } = await server.ok(oauthEndpoints.oauthToken, {
      token: ['sessionToken', sessionToken],
      body: { client_id: FENIX, grant_type: 'fxa-credentials', scope },
    });
    return access_token;
  };
});
afterAll(() => server.close());

/** A request with a token that is right in form but for the picture, which is none. */
function withForm(name: string, { params }: Endpoint, token: string): CallOptions<Endpoint> {
  const isUpload = name === 'avatarUpload';
  return {
    ...(params !== undefined && { params: { id: HEX_32 } }),
    ...(name === 'displayNameChange' && { body: { displayName: 'Fox' } }),
    ...(isUpload && { body: new Uint8Array(8) }),
    headers: { authorization: `Bearer ${token}`, ...(isUpload && { 'content-type': 'image/png' }) },
  };
}

/** The token that leads to an error. */
const TOKENS: Partial<Record<ProfileErrorName, () => Promise<string>>> = {
  UNAUTHORIZED: async () => HEX_64,
  FORBIDDEN: () => tokenFor('https://identity.mozilla.com/apps/relay'),
  INVALID_PARAMETER: () => tokenFor('profile profile:write'),
};

const pairs = Object.entries(allEndpoints())
  .filter(([, { family }]) => family === 'profile')
  .flatMap(([name, endpoint]) => endpoint.errors.map((error) => [name, error as ProfileErrorName, endpoint] as const));

describe('every error that an endpoint of profiles lists is answered by it', () => {
  test.each(pairs)('%s: %s', async (name, error, endpoint) => {
    const token = await TOKENS[error]?.();
    if (token === undefined) throw new Error(`nobody knows how ${error} comes about`);
    const { code, errno } = await server.fails(endpoint, withForm(name, endpoint, token));
    expect({ code, errno }).toEqual({ code: PROFILE_ERRORS[error].status, errno: PROFILE_ERRORS[error].errno });
  });
});
