import { AVATAR_MAX_BYTES, accountDestroy, oauthEndpoints, profileEndpoints } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  GREY_JPEG,
  JPEG_CODES,
  JPEG_QUANTA,
  JPEG_SCAN,
  jpeg,
  jpegFrame,
  PNG_DATA,
  PNG_END,
  png,
  pngHeader,
  RED_PNG,
} from '../profile/pictures.js';
import { FENIX, withToken } from '../support/attach.js';
import { authPWOf, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const WRITE = 'profile profile:write';

async function person(name: string) {
  const email = `${name}@example.com`;
  const { sessionToken, uid } = await signUp(server, email);
  const token = async (scope: string) => {
    const { access_token } = await server.ok(oauthEndpoints.oauthToken, {
      token: ['sessionToken', sessionToken],
      body: { client_id: FENIX, grant_type: 'fxa-credentials', scope },
    });
    return access_token;
  };
  return { email, uid, sessionToken, token };
}

const profileChangedAt = async (token: string) =>
  (await server.ok(oauthEndpoints.verify, { body: { token } })).profile_changed_at;

const upload = (token: string, body: Uint8Array, type = 'image/png') =>
  server.raw('/v1/avatar/upload', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body: Buffer.from(body),
  });

async function uploaded(token: string, body: Uint8Array, type?: string) {
  const response = await upload(token, body, type);
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; url: string };
}

describe('one part of a profile', () => {
  test('is shown to a token with its scope, or with OpenID Connect its name for it', async () => {
    const { email, uid, token } = await person('parts');
    expect(await server.ok(profileEndpoints.profileUid, withToken(await token('profile:uid')))).toEqual({ uid });
    for (const scope of ['profile:email', 'email', 'profile']) {
      expect(await server.ok(profileEndpoints.profileEmail, withToken(await token(scope)))).toEqual({ email });
    }
  });

  test('is not shown to a token for another part', async () => {
    const { token } = await person('other-parts');
    const [uidToken, emailToken] = [await token('profile:uid'), await token('profile:email')];
    expect(await server.fails(profileEndpoints.profileUid, withToken(emailToken))).toMatchObject({
      code: 403,
      errno: 100,
    });
    for (const endpoint of [
      profileEndpoints.profileEmail,
      profileEndpoints.displayName,
      profileEndpoints.avatar,
    ] as const) {
      expect(await server.fails(endpoint, withToken(uidToken)), endpoint.path).toMatchObject({ code: 403 });
    }
  });

  test('is not changed by a token that may only see it', async () => {
    const { token } = await person('readers');
    const reader = withToken(await token('profile profile:email:write'));
    expect(
      await server.fails(profileEndpoints.displayNameChange, { ...reader, body: { displayName: 'Fox' } }),
    ).toMatchObject({ code: 403, errno: 100 });
    expect((await upload(await token('profile:display_name:write'), RED_PNG)).status).toBe(403);
    expect(
      await server.fails(profileEndpoints.avatarDelete, { ...reader, params: { id: '0'.repeat(32) } }),
    ).toMatchObject({ code: 403, errno: 100 });
  });

  test('needs a valid token', async () => {
    expect(await server.fails(profileEndpoints.profileUid, withToken('ab'.repeat(32)))).toMatchObject({
      code: 401,
      errno: 100,
    });
    expect(await server.fails(profileEndpoints.displayName)).toMatchObject({ code: 401, errno: 100 });
  });

  test('of an account that is gone is neither shown nor changed, though a token without a row lives on', async () => {
    const { email, sessionToken } = await person('gone');
    const desktop = '5882386c6d801776';
    const { access_token } = await server.ok(oauthEndpoints.oauthToken, {
      token: ['sessionToken', sessionToken],
      body: { client_id: desktop, grant_type: 'fxa-credentials', scope: WRITE, ttl: 600 },
    });
    await server.ok(profileEndpoints.displayNameChange, { ...withToken(access_token), body: { displayName: 'Fox' } });
    await uploaded(access_token, RED_PNG);
    await server.ok(accountDestroy, {
      token: ['sessionToken', sessionToken],
      body: { email, authPW: await authPWOf(email) },
    });
    const { db } = server.server.context.storage;
    const held = async () => [
      await db.selectFrom('avatars').selectAll().execute(),
      await db.selectFrom('profiles').selectAll().execute(),
    ];
    expect(await held()).toEqual([[], []]);
    const holder = withToken(access_token);
    expect(await server.fails(profileEndpoints.profileEmail, holder)).toMatchObject({ code: 401, errno: 100 });
    expect(await server.fails(profileEndpoints.avatar, holder)).toMatchObject({ code: 401, errno: 100 });
    expect(
      await server.fails(profileEndpoints.displayNameChange, { ...holder, body: { displayName: 'Fox' } }),
    ).toMatchObject({ code: 401, errno: 100 });
    expect((await upload(access_token, RED_PNG)).status).toBe(401);
    expect(await held()).toEqual([[], []]);
  });
});

describe('the display name', () => {
  const change = (token: string, displayName: string) =>
    server.call(profileEndpoints.displayNameChange, { ...withToken(token), body: { displayName } });

  test('is set, shown, changed and cleared; each change is known by its time', async () => {
    const { token } = await person('named');
    const writer = await token(WRITE);
    const read = async () => {
      const answer = await server.call(profileEndpoints.displayName, withToken(writer));
      return [answer.status, answer.body];
    };
    const inProfile = async () => server.ok(oauthEndpoints.profile, withToken(writer));
    expect(await read()).toEqual([204, undefined]);
    expect(await inProfile()).not.toHaveProperty('displayName');
    const texts = ['Ærøskøbing Fox 🦊', 'x', "Robert'); drop table profiles;--"];
    for (const displayName of texts) {
      const before = (await profileChangedAt(writer)) ?? 0;
      server.clock.advance(1);
      expect((await change(writer, displayName)).body).toEqual({});
      expect(await read()).toEqual([200, { displayName }]);
      expect(await inProfile()).toMatchObject({ displayName });
      expect(await profileChangedAt(writer)).toBeGreaterThan(before);
    }
    expect((await change(writer, '')).status).toBe(200);
    expect(await read()).toEqual([204, undefined]);
    expect(await inProfile()).not.toHaveProperty('displayName');
  });

  test('has at most 256 characters, and none that shows something else than it is', async () => {
    const { token } = await person('limits');
    const writer = await token('profile:display_name:write');
    expect((await change(writer, 'x'.repeat(256))).status).toBe(200);
    const refused = ['x'.repeat(257), 'a\u0000b', 'a\nb', 'a\u0085b', 'a\u2028b', 'a\ue000b', 'a\ufffab', 'a\ud800b'];
    for (const displayName of refused) {
      expect((await change(writer, displayName)).body, JSON.stringify(displayName)).toMatchObject({
        code: 400,
        errno: 101,
        validation: { keys: ['displayName'] },
      });
    }
    const answer = await server.call(profileEndpoints.displayNameChange, { ...withToken(writer), body: {} as never });
    expect(answer.body).toMatchObject({ code: 400, errno: 101, validation: { keys: ['displayName'] } });
  });

  test('a body that is no JSON is refused in the numbers of this family', async () => {
    const { token } = await person('nojson');
    const response = await server.raw('/v1/display_name', {
      method: 'POST',
      headers: { authorization: `Bearer ${await token(WRITE)}`, 'content-type': 'application/json' },
      body: '{"displayName":',
    });
    expect(await response.json()).toMatchObject({ code: 400, errno: 101 });
  });

  test('of one person is not that of another', async () => {
    const [one, other] = [await person('one'), await person('other')];
    await change(await one.token(WRITE), 'One');
    const answer = await server.call(profileEndpoints.displayName, withToken(await other.token('profile')));
    expect(answer.status).toBe(204);
  });
});

describe('a profile that the client has already', () => {
  const get = async (token: string, ifNoneMatch?: string) => {
    const response = await server.raw('/v1/profile', {
      headers: { authorization: `Bearer ${token}`, ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }) },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  test('is not sent again, also to the Rust client with its doubled quotes, until it changes', async () => {
    const { token } = await person('cached');
    const writer = await token(WRITE);
    const first = await get(writer);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{40}"$/);
    expect(first.headers.get('last-modified')).toMatch(/ GMT$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    for (const header of [etag, `"${etag}"`, `W/${etag}`]) {
      const again = await get(writer, header);
      expect([again.status, again.text]).toEqual([304, '']);
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('cache-control')).toBe('private, no-cache');
      expect(again.headers.get('access-control-allow-origin')).toBe('*');
    }
    await server.ok(profileEndpoints.displayNameChange, { ...withToken(writer), body: { displayName: 'New' } });
    const changed = await get(writer, etag);
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    expect(JSON.parse(changed.text)).toMatchObject({ displayName: 'New' });
  });

  test('is another one for a token that sees less of it', async () => {
    const { token } = await person('less');
    const whole = await get(await token('profile'));
    const part = await get(await token('profile:uid'), whole.headers.get('etag') ?? '');
    expect(part.status).toBe(200);
  });

  test('is not told to whom has no token', async () => {
    const { token } = await person('secret');
    const etag = (await get(await token('profile'))).headers.get('etag') ?? '';
    expect((await get('ab'.repeat(32), etag)).status).toBe(401);
  });
});

describe('the picture', () => {
  const get = async (url: string) => {
    const response = await server.raw(new URL(url).pathname);
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const where = (token: string) => server.ok(profileEndpoints.avatar, withToken(token));

  test('of people who have set none is the letter of their name, else of their address', async () => {
    const { token } = await person('zoe');
    const writer = await token(WRITE);
    const none = { id: '0'.repeat(32), avatarDefault: true };
    expect(await where(writer)).toEqual({ ...none, avatar: `${server.url}/v1/avatar/Z` });
    await server.ok(profileEndpoints.displayNameChange, { ...withToken(writer), body: { displayName: 'ada' } });
    expect(await where(writer)).toEqual({ ...none, avatar: `${server.url}/v1/avatar/A` });
    await server.ok(profileEndpoints.displayNameChange, { ...withToken(writer), body: { displayName: '🦊' } });
    expect(await where(writer)).toEqual({ ...none, avatar: `${server.url}/v1/avatar/Z` });
    const monogram = await get(`${server.url}/v1/avatar/Z`);
    expect(monogram.headers.get('content-type')).toBe('image/svg+xml');
    expect(monogram.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(monogram.bytes.toString()).toContain('Z</text>');
  });

  test.each([
    ['image/png', RED_PNG],
    ['image/jpeg', GREY_JPEG],
    ['image/png; charset=binary', RED_PNG],
  ])('is set as %s, and served as nothing but a picture, for ever', async (type, file) => {
    const { token } = await person(`picture${file.length}${type.length}`);
    const writer = await token(WRITE);
    const before = (await profileChangedAt(writer)) ?? 0;
    server.clock.advance(1);
    const { id, url } = await uploaded(writer, file, type);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(url).toBe(`${server.url}/v1/a/${id}`);
    expect(await where(writer)).toEqual({ id, avatar: url, avatarDefault: false });
    expect(await server.ok(oauthEndpoints.profile, withToken(writer))).toMatchObject({
      avatar: url,
      avatarDefault: false,
    });
    expect(await profileChangedAt(writer)).toBeGreaterThan(before);
    const { status, headers, bytes } = await get(url);
    expect(status).toBe(200);
    expect(bytes.equals(file)).toBe(true);
    expect(headers.get('content-type')).toBe(type.split(';')[0]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('loses what the camera wrote into it', async () => {
    const { token } = await person('camera');
    const file = png(pngHeader(1, 1), ['tEXt', Buffer.from('Comment\0at home')], PNG_DATA, PNG_END);
    const { url } = await uploaded(await token(WRITE), file);
    expect((await get(url)).bytes.includes('at home')).toBe(false);
  });

  test('gives way to a new one at a new address, and the old address is empty', async () => {
    const { token } = await person('replace');
    const writer = await token('profile:avatar profile:avatar:write');
    const first = await uploaded(writer, RED_PNG);
    const second = await uploaded(writer, GREY_JPEG, 'image/jpeg');
    expect(second.id).not.toBe(first.id);
    expect((await where(writer)).id).toBe(second.id);
    expect((await get(first.url)).status).toBe(404);
    expect((await get(second.url)).status).toBe(200);
  });

  test('is taken away by its id, once', async () => {
    const { token } = await person('delete');
    const writer = await token(WRITE);
    const { id, url } = await uploaded(writer, RED_PNG);
    const before = (await profileChangedAt(writer)) ?? 0;
    server.clock.advance(1);
    const remove = () =>
      server.call(profileEndpoints.avatarDelete, { ...withToken(writer), params: { id: id.toUpperCase() } });
    expect((await remove()).body).toEqual({});
    expect(await where(writer)).toMatchObject({ avatarDefault: true });
    expect((await get(url)).status).toBe(404);
    expect(await profileChangedAt(writer)).toBeGreaterThan(before);
    expect((await remove()).body).toMatchObject({ code: 400, errno: 101 });
  });

  test('of somebody else is not taken away, and that changes nothing of one owns either', async () => {
    const [owner, other] = [await person('owner'), await person('thief')];
    const { id, url } = await uploaded(await owner.token(WRITE), RED_PNG);
    const token = await other.token(WRITE);
    const before = await profileChangedAt(token);
    server.clock.advance(1);
    expect(await server.fails(profileEndpoints.avatarDelete, { ...withToken(token), params: { id } })).toMatchObject({
      code: 400,
      errno: 101,
    });
    expect((await get(url)).status).toBe(200);
    expect(await profileChangedAt(token)).toBe(before);
  });

  test('may have a megabyte, and not a byte more', async () => {
    const { token } = await person('large');
    const writer = await token(WRITE);
    const room = AVATAR_MAX_BYTES - png(pngHeader(1, 1), ['IDAT', Buffer.alloc(0)], PNG_END).length;
    const ofSize = (bytes: number) => png(pngHeader(1, 1), ['IDAT', Buffer.alloc(bytes)], PNG_END);
    expect(ofSize(room)).toHaveLength(AVATAR_MAX_BYTES);
    const { url } = await uploaded(writer, ofSize(room));
    expect((await get(url)).bytes).toHaveLength(AVATAR_MAX_BYTES);
    const refused = await upload(writer, ofSize(room + 1));
    expect(await refused.json()).toMatchObject({ code: 413, errno: 113 });
    expect((await get(url)).status).toBe(200);
  });

  test.each<[string, string, Uint8Array, number, number]>([
    ['SVG', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 999],
    ['SVG that is called a PNG', 'image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 400, 101],
    ['a GIF', 'image/gif', Buffer.from('GIF89a'), 415, 999],
    ['JSON', 'application/json', Buffer.from('{}'), 415, 999],
    ['a form', 'application/x-www-form-urlencoded', Buffer.from('a=b'), 415, 999],
    ['a PNG that is called a JPEG', 'image/jpeg', RED_PNG, 400, 101],
    ['a JPEG that is called a PNG', 'image/png', GREY_JPEG, 400, 101],
    ['half a PNG', 'image/png', RED_PNG.subarray(0, 40), 400, 101],
    ['nothing', 'image/png', Buffer.alloc(0), 400, 101],
    ['a PNG of too many pixels', 'image/png', png(pngHeader(4097, 1), PNG_DATA, PNG_END), 400, 101],
    [
      'a JPEG of too many pixels',
      'image/jpeg',
      jpeg([JPEG_QUANTA, jpegFrame(1, 4097), JPEG_CODES, JPEG_SCAN]),
      400,
      101,
    ],
  ])('is refused as %s', async (what, type, body, code, errno) => {
    const { token } = await person(`refused${what.replaceAll(' ', '')}`);
    const writer = await token(WRITE);
    const response = await upload(writer, body, type);
    expect(await response.json()).toMatchObject({ code, errno });
    expect(await where(writer)).toMatchObject({ avatarDefault: true });
  });

  test('without any type and without any body is refused', async () => {
    const { token } = await person('untyped');
    const authorization = `Bearer ${await token(WRITE)}`;
    const response = await server.raw('/v1/avatar/upload', { method: 'POST', headers: { authorization } });
    expect(await response.json()).toMatchObject({ code: 400, errno: 101 });
  });

  test('is read nowhere else: other routes refuse pictures before they read them', async () => {
    const response = await server.raw('/v1/display_name', {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: Buffer.from(RED_PNG),
    });
    expect(response.status).toBe(415);
  });

  test.each([
    ['no picture is', '0'.repeat(32)],
    ['letters are not of an id', 'A'.repeat(32)],
    ['the id is too short', 'ab'],
    ['it is no id', '..%2f..%2fetc%2fpasswd'],
  ])('is not there where %s', async (_where, id) => {
    const response = await server.raw(`/v1/a/${id}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 404, errno: 999 });
  });

  test('may be asked about again by its tag', async () => {
    const { token } = await person('tagged');
    const writer = await token(WRITE);
    const first = await server.call(profileEndpoints.avatar, withToken(writer));
    const headers = { authorization: `Bearer ${writer}`, 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await server.call(profileEndpoints.avatar, { headers })).status).toBe(304);
    await uploaded(writer, RED_PNG);
    expect((await server.call(profileEndpoints.avatar, { headers })).status).toBe(200);
  });
});
