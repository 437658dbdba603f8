import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCOPE_OLDSYNC } from '@foxden/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/config/index.js';
import type { Context } from '../../src/context.js';
import { describeClient } from '../../src/oauth/describe-client.js';
import { addClient, listClients, registerClients, removeClient } from '../../src/oauth/index.js';
import { introspect } from '../../src/oauth/introspect.js';
import {
  createFixture,
  FENIX,
  FIREFOX,
  type Fixture,
  PUBLIC_URL,
  pkce,
  REDIRECT,
  refusal,
  tokenId,
  VERIFIER,
} from './fixture.js';

const THUNDERBIRD = '8269bacd7bbc7f80';
let fixture: Fixture;
let folder: string;
beforeEach(async () => {
  fixture = await createFixture();
  folder = await mkdtemp(join(tmpdir(), 'foxden-clients-'));
});
afterEach(async () => {
  await fixture.close();
  await rm(folder, { recursive: true });
});

const register = async (content?: string, publicUrl = PUBLIC_URL) => {
  if (content !== undefined) await writeFile(join(folder, 'clients.json'), content);
  await registerClients({ ...fixture.context, config: { ...fixture.context.config, publicUrl, dataDir: folder } });
};
const find = async (id: string) => (await listClients(fixture.context)).find((client) => client.id === id);

describe('the well-known clients', () => {
  test('are there from the start, as browsers expect them', async () => {
    const clients = Object.fromEntries((await listClients(fixture.context)).map((client) => [client.id, client]));
    expect(Object.keys(clients).sort()).toEqual([
      '1b1a3e44c54fbb58',
      '3332a18d142636cb',
      '3c49430b43dfba77',
      FIREFOX,
      THUNDERBIRD,
      '98e6508e88680e1a',
      FENIX,
      'ea3ca969f8c6bb0d',
    ]);
    expect(Object.values(clients).every((client) => client.trusted && client.canGrant)).toBe(true);
    expect(clients['3332a18d142636cb']?.publicClient).toBe(false);
    expect(clients[FIREFOX]).toMatchObject({
      publicClient: true,
      redirectUris: ['urn:ietf:wg:oauth:2.0:oob:oauth-redirect-webchannel'],
    });
    expect(await describeClient(fixture.context, FENIX.toUpperCase())).toEqual({
      id: FENIX,
      name: 'Firefox for Android',
      trusted: true,
      redirect_uri: `${PUBLIC_URL}/oauth/success/${FENIX}`,
    });
    expect((await describeClient(fixture.context, THUNDERBIRD)).redirect_uri).toBe(
      'urn:ietf:wg:oauth:2.0:oob,net.thunderbird.android://mozilla-accounts-redirect,' +
        'net.thunderbird.android.beta://mozilla-accounts-redirect,' +
        'net.thunderbird.android.daily://mozilla-accounts-redirect,' +
        'net.thunderbird.android.debug://mozilla-accounts-redirect',
    );
  });

  test('follow a change of the public URL at the next start', async () => {
    await register(undefined, 'https://new.example.com');
    expect((await find(FENIX))?.redirectUris).toEqual([`https://new.example.com/oauth/success/${FENIX}`]);
  });

  test('cannot be removed', async () => {
    await expect(removeClient(fixture.context, FIREFOX.toUpperCase())).rejects.toThrow(
      `The client ${FIREFOX} is built in and cannot be removed.`,
    );
  });
});

describe('adding', () => {
  test('makes an id and a secret, which is told once and stored as a hash', async () => {
    const { client, secret } = await addClient(fixture.context, { name: 'Notes', redirectUris: [REDIRECT] });
    expect(client.id).toMatch(/^[0-9a-f]{16}$/);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    const stored = await find(client.id);
    expect(Buffer.from(stored?.hashedSecret ?? []).toString('hex')).toBe(tokenId(secret));
    expect(stored).toMatchObject({ name: 'Notes', trusted: false, canGrant: false, publicClient: false });
    const { code } = await fixture.code(await fixture.person(), { client_id: client.id, scope: 'profile:uid' });
    expect((await fixture.token({ client_id: client.id, client_secret: secret, code })).token_type).toBe('bearer');
  });

  test('a public client has no secret', async () => {
    const { client, secret } = await addClient(fixture.context, {
      name: 'Notes',
      redirectUris: ['com.example.notes:/callback'],
      publicClient: true,
    });
    expect([secret, client.hashedSecret]).toEqual([undefined, null]);
  });

  test('stays as it was added over the next start', async () => {
    const { client } = await addClient(fixture.context, { name: 'Notes', redirectUris: [REDIRECT] });
    await register('[]', 'https://new.example.com');
    expect(await find(client.id)).toMatchObject({ name: 'Notes', redirectUris: [REDIRECT] });
  });

  test('reserves its scopes: no other client may ask for them any more', async () => {
    const scope = 'https://notes.example.com/apps/notes';
    const other = await fixture.client();
    const ask = async () => fixture.authorize(await fixture.person(), { client_id: other, scope });
    expect((await ask()).scope).toBe(scope);
    await addClient(fixture.context, { name: 'Notes', redirectUris: [REDIRECT], allowedScopes: [scope] });
    expect(await refusal(ask())).toBe('INVALID_SCOPES');
  });

  test.each([
    [{ redirectUris: ['https://a.example/#x'] }, '"redirectUris" of the client must be a list of absolute URIs'],
    [{ redirectUris: ['/callback'] }, '"redirectUris" of the client must be'],
    [{ redirectUris: ['javascript:alert(1)'] }, '"redirectUris" of the client must be'],
    [{ redirectUris: ['https://a.example/,https://b.example/'] }, '"redirectUris" of the client must be'],
    [{ name: '' }, '"name" of the client must be a text of 1 to 255 characters.'],
    [{ allowedScopes: ['profile'] }, '"allowedScopes" of the client must be a list of scopes that are https:// URLs.'],
    [{ scopesWithKeys: ['https://a.example/x'] }, 'the client has keys for https://a.example/x, which is not in'],
    [{ imageUri: 'javascript:alert(1)' }, '"imageUri" of the client must be'],
  ])('refuses %j in one sentence', async (wrong, sentence) => {
    const adding = addClient(fixture.context, { name: 'Notes', redirectUris: [REDIRECT], ...wrong });
    await expect(adding).rejects.toThrow(sentence);
    await expect(adding).rejects.toBeInstanceOf(ConfigError);
  });
});

describe('removing', () => {
  const tokensOf = async (clientId: string) => {
    const session = await fixture.person();
    const authorization = { client_id: clientId, access_type: 'offline', ...(await pkce()) } as const;
    const redeem = async () => {
      const { code } = await fixture.code(session, authorization);
      return { code, redeem: () => fixture.token({ client_id: clientId, code, code_verifier: VERIFIER }) };
    };
    const tokens = await (await redeem()).redeem();
    const pending = await redeem();
    const refresh = () =>
      fixture.token({ grant_type: 'refresh_token', client_id: clientId, refresh_token: tokens.refresh_token });
    const isActive = async () =>
      (
        await introspect(
          fixture.context,
          { token: tokens.access_token },
          { clientId: undefined, clientSecret: undefined },
        )
      ).active;
    return { redeem: pending.redeem, refresh, isActive };
  };

  test('a client revokes its codes and tokens, and no other client’s', async () => {
    const clientId = await fixture.client({ publicClient: true });
    const [removed, kept] = [await tokensOf(clientId), await tokensOf(FENIX)];
    expect(await removeClient(fixture.context, clientId.toUpperCase())).toBe(true);
    expect(await removed.isActive()).toBe(false);
    expect(await refusal(removed.refresh())).toBe('UNKNOWN_CLIENT');
    expect(await refusal(removed.redeem())).toBe('UNKNOWN_CLIENT');
    expect(await kept.isActive()).toBe(true);
    await kept.refresh();
    expect(await removeClient(fixture.context, clientId)).toBe(false);
  });

  test('in another process takes effect here at once for its tokens, and within five seconds for itself', async () => {
    const clientId = await fixture.client({ publicClient: true });
    const removed = await tokensOf(clientId);
    await removed.refresh();
    // Another process has its own memory of clients: a storage object of its own.
    const elsewhere: Context = { ...fixture.context, storage: { ...fixture.context.storage } };
    await removeClient(elsewhere, clientId);
    expect(await removed.isActive()).toBe(false);
    expect(await refusal(removed.refresh())).toBe('INVALID_TOKEN');
    fixture.clock.advance(5_000);
    expect(await refusal(removed.refresh())).toBe('UNKNOWN_CLIENT');
  });
});

describe('clients.json', () => {
  const entry = {
    id: 'DCDB5AE7ADD825D2',
    name: 'Notes',
    redirectUris: [REDIRECT],
    hashedSecret: 'aa'.repeat(32),
    trusted: true,
    allowedScopes: [SCOPE_OLDSYNC],
  };

  test('registers its clients, and changes them at the next start', async () => {
    await register(JSON.stringify([entry]));
    expect(await find('dcdb5ae7add825d2')).toMatchObject({ name: 'Notes', trusted: true });
    await register(JSON.stringify([{ ...entry, name: 'Better notes', trusted: false }]));
    expect(await find('dcdb5ae7add825d2')).toMatchObject({ name: 'Better notes', trusted: false });
  });

  test('removes a client that left the file, and nobody else', async () => {
    const { client } = await addClient(fixture.context, { name: 'By command', redirectUris: [REDIRECT] });
    await register(JSON.stringify([entry]));
    await register('[]');
    expect(await find('dcdb5ae7add825d2')).toBeUndefined();
    expect(await find(client.id)).toMatchObject({ name: 'By command' });
    expect(await find(FIREFOX)).toBeDefined();
  });

  test('may replace a well-known client', async () => {
    await register(JSON.stringify([{ id: FENIX, name: 'A fork', redirectUris: [REDIRECT], publicClient: true }]));
    expect(await find(FENIX)).toMatchObject({ name: 'A fork', redirectUris: [REDIRECT], trusted: false });
  });

  test('need not be there', async () => {
    await register();
    expect(await listClients(fixture.context)).toHaveLength(8);
  });

  test.each([
    ['[', 'is not valid JSON.'],
    ['{}', 'must hold a JSON array of clients.'],
    ['[1]', 'must be an object with the members id, name, redirectUris.'],
    [JSON.stringify([entry, { ...entry, id: 'x' }]), '"id" of Client 2 of'],
    [JSON.stringify([{ ...entry, secret: 'x' }]), 'has the unknown member "secret"; known are id, name,'],
    [JSON.stringify([{ ...entry, constructor: 'x' }]), 'has the unknown member "constructor"'],
    [JSON.stringify([{ ...entry, redirectUris: undefined }]), 'has no "redirectUris".'],
    [JSON.stringify([{ ...entry, hashedSecret: undefined }]), 'needs a "hashedSecret", or "publicClient": true'],
    [JSON.stringify([{ ...entry, publicClient: true }]), 'is public and so cannot have a "hashedSecret".'],
    [JSON.stringify([{ ...entry, trusted: 'yes' }]), '"trusted" of Client 1 of'],
    [
      JSON.stringify([entry, { ...entry, id: entry.id.toLowerCase() }]),
      'has two clients with the id dcdb5ae7add825d2.',
    ],
  ])('with %s stops the start in one sentence and changes nothing', async (content, sentence) => {
    const starting = register(content, 'https://new.example.com');
    await expect(starting).rejects.toBeInstanceOf(ConfigError);
    await expect(starting).rejects.toThrow(sentence);
    expect((await find(FENIX))?.redirectUris).toEqual([`${PUBLIC_URL}/oauth/success/${FENIX}`]);
  });
});
