import * as files from 'node:fs/promises';
import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, describe, expect, it } from 'vitest';
import vectors from '../../../test/fixtures/vectors/client.json';
import rustFile from '../../../test/fixtures/vectors/rust-account.json';
import {
  encryptedStorage,
  extensionStorage,
  FirefoxAccount,
  fileStorage,
  memoryStorage,
  webStorage,
} from '../src/index.js';
import { config, VPN, World } from './support/accounts.js';

describe('a file of the Rust client', () => {
  it.each(vectors.persisted_state)('$about', ({ json, expect: expected, error }) => {
    if (error !== undefined) {
      expect(() => FirefoxAccount.fromJson(json)).toThrow(expect.objectContaining({ kind: error }));
      return;
    }
    const account = FirefoxAccount.fromJson(json);
    const saved = JSON.parse(account.toJson()) as Record<string, Record<string, unknown>>;
    expect(account.getAuthState()).toBe('Connected');
    expect(saved['refresh_token']?.['token']).toBe(expected?.refresh_token);
    expect(Object.keys(saved['access_token_cache'] ?? {})).toHaveLength(expected?.access_token_cache_size ?? 0);
  });

  it('loads, and is saved with nothing lost and nothing added', () => {
    const account = FirefoxAccount.fromJson(JSON.stringify(rustFile));
    expect(account.getAuthState()).toBe('Connected');
    expect(JSON.parse(account.toJson())).toEqual(rustFile);
  });

  it('works: its profile is shown, its tokens are handed out, its key is used', async () => {
    const clock = { now: () => 1_787_322_001_000 };
    const account = FirefoxAccount.fromJson(JSON.stringify(rustFile), { clock });
    expect((await account.getProfile()).email).toBe('ada@example.net');
    expect((await account.getAccessToken('profile')).token).toBe(rustFile.access_token_cache.profile.token);
    expect(account.getScopedKey('https://identity.mozilla.com/apps/oldsync').kty).toBe('oct');
    expect(account.getCurrentDeviceId()).toBe(rustFile.current_device_id);
  });

  it('keeps members that a later version may have added', () => {
    const account = FirefoxAccount.fromJson(JSON.stringify({ ...rustFile, last_auth_recheck_time: 5 }));
    expect(JSON.parse(account.toJson())).toMatchObject({ last_auth_recheck_time: 5 });
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no schema', '{}'],
    ['no keys', JSON.stringify({ ...rustFile, scoped_keys: undefined })],
    ['a refresh token that is no object', JSON.stringify({ ...rustFile, refresh_token: 'x' })],
    ['a device without an id', JSON.stringify({ ...rustFile, server_local_device_info: {} })],
  ])('is refused when it is %s', (_, json) => {
    expect(() => FirefoxAccount.fromJson(json)).toThrow(expect.objectContaining({ kind: 'Other' }));
  });

  it('loads with a capability that this version does not know', () => {
    const account = FirefoxAccount.fromJson(JSON.stringify({ ...rustFile, device_capabilities: ['SendTab', 'Fly'] }));
    expect(JSON.parse(account.toJson())).toMatchObject({ device_capabilities: ['SendTab'] });
  });
});

/** Schema V2 as client §5.1 has it; members that it does not name are ignored by the Rust client. */
const text = { type: 'string' };
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const strict = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const key = strict({ kty: text, scope: text, k: text, kid: text });
const bytes = { type: 'array', items: { type: 'integer', minimum: 0, maximum: 255 } };
const storedCommand = strict({
  V1: strict({
    p256key: strict({ curve: { const: 'P256' }, private_key: bytes, public_key: bytes }),
    auth_secret: bytes,
  }),
});
const capabilities = { type: 'array', items: { enum: ['SendTab', 'CloseTabs'] } };
const schemaV2 = {
  ...strict({
    schema_version: { const: 'V2' },
    config: strict({ content_url: text, token_server_url_override: orNull(text), client_id: text, redirect_uri: text }),
    current_device_id: orNull(text),
    refresh_token: orNull(strict({ token: text, scopes: { type: 'array', items: text } })),
    scoped_keys: { type: 'object', additionalProperties: key },
    last_handled_command: orNull({ type: 'integer' }),
    commands_data: { type: 'object', additionalProperties: text },
    device_capabilities: capabilities,
    access_token_cache: {
      type: 'object',
      additionalProperties: strict({ scope: text, token: text, key: orNull(key), expires_at: { type: 'integer' } }),
    },
    session_token: orNull(text),
    last_seen_profile: orNull(
      strict({
        response: strict({
          uid: text,
          email: text,
          displayName: orNull(text),
          avatar: text,
          avatarDefault: { type: 'boolean' },
        }),
        cached_at: { type: 'integer' },
        etag: text,
      }),
    ),
    server_local_device_info: orNull(
      strict({
        id: text,
        display_name: text,
        device_type: orNull(text),
        capabilities,
        push_subscription: orNull(strict({ endpoint: text, public_key: text, auth_key: text })),
        push_endpoint_expired: { type: 'boolean' },
      }),
    ),
    logged_out_from_auth_issues: { type: 'boolean' },
  }),
  additionalProperties: true,
};

describe('a file of ours', () => {
  const validate = new Ajv().compile(schemaV2);

  it.each(['new', 'connected', 'in doubt', 'signed out'])('is of schema V2: %s', async (moment) => {
    const world = new World();
    const account = moment === 'new' ? world.account() : await world.signedIn();
    if (moment === 'connected') {
      await account.getProfile();
      await account.getAccessToken(VPN.replace('vpn', 'oldsync'));
      await account.setPushSubscription({ endpoint: 'https://push.example.com/1', publicKey: 'BA', authKey: 'AA' });
    }
    if (moment === 'in doubt') await account.onAuthIssues();
    if (moment === 'signed out') await account.disconnect();
    const saved = JSON.parse(account.toJson()) as { commands_data: Record<string, string> };
    validate(saved);
    expect(validate.errors).toBeNull();
    const validateCommand = new Ajv().compile(storedCommand);
    for (const command of Object.values(saved.commands_data)) {
      validateCommand(JSON.parse(command));
      expect(validateCommand.errors).toBeNull();
    }
    expect(FirefoxAccount.fromJson(account.toJson()).toJson()).toBe(account.toJson());
  });

  it('says nothing of an authorization in doubt that the Rust client would take for a good one', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.onAuthIssues();
    expect(JSON.parse(account.toJson())).toMatchObject({ refresh_token: null, logged_out_from_auth_issues: true });
  });
});

describe('storage', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  async function folder(): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), 'foxden-account-'));
    folders.push(made);
    return made;
  }

  it('is written after every change, and only then', async () => {
    const world = new World();
    const account = await world.signedIn();
    expect(await world.storage.load()).toBe(account.toJson());
    const written: string[] = [];
    const { save } = world.storage;
    world.storage.save = async (json) => {
      written.push(json);
      return save(json);
    };
    await account.getDevices();
    expect(written).toHaveLength(0);
    await account.getAccessToken('profile');
    expect(written).toEqual([account.toJson()]);
  });

  it('has the new tokens before the old ones are ended, so that a crash loses neither', async () => {
    const world = new World();
    const account = await world.signedIn();
    const seen: (string | undefined)[] = [];
    world.server.fault = ({ name }) => {
      if (name === 'destroy(refresh)') seen.push(lastSaved);
      return undefined;
    };
    let lastSaved: string | undefined;
    const { save } = world.storage;
    world.storage.save = async (json) => {
      lastSaved = json;
      return save(json);
    };
    await world.signIn(account, [VPN]);
    expect(seen).toHaveLength(2);
    for (const json of seen) expect(JSON.parse(json ?? '{}').refresh_token.scopes).toContain(VPN);
  });

  it('holds no secret of a flow unless flows are to be resumed', async () => {
    for (const resumeFlows of [false, true]) {
      const world = new World({ resumeFlows });
      const account = await world.signedIn();
      await account.processEvent({ type: 'BeginOAuthFlow', scopes: [VPN], entrypoint: 'test' });
      expect((await world.storage.load())?.includes('code_verifier')).toBe(resumeFlows);
    }
  });

  it('lets another page complete a flow that is to be resumed', async () => {
    const world = new World({ resumeFlows: true });
    const first = await world.restart();
    await first.processEvent({ type: 'BeginOAuthFlow', scopes: ['profile'], entrypoint: 'test' });
    const second = await world.restart();
    expect(second.getState()).toEqual(first.getState());
    await second.processEvent(world.redirect(second));
    expect(second.getState()).toEqual({ type: 'Connected', scopes: ['profile'] });
  });

  it('in a file is for its owner only, replaced as a whole, and leaves nothing beside it', async () => {
    const directory = await folder();
    const path = join(directory, 'account.json');
    const storage = fileStorage(files, path);
    expect(await storage.load()).toBeUndefined();
    await storage.save('one');
    await chmod(path, 0o644);
    await storage.save('two');
    expect(await storage.load()).toBe('two');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(['account.json']);
  });

  it('in a file keeps the old version when the new one cannot be written', async () => {
    const path = join(await folder(), 'account.json');
    await fileStorage(files, path).save('old');
    const full = { ...files, writeFile: () => Promise.reject(new Error('ENOSPC')) };
    await expect(fileStorage(full, path).save('new')).rejects.toThrow('ENOSPC');
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  it('in a file that cannot be read is an error, and not an empty one', async () => {
    await expect(fileStorage(files, await folder()).load()).rejects.toThrow('EISDIR');
  });

  it('of a page and of an extension keeps what it is given', async () => {
    const items = new Map<string, string>();
    const page = webStorage({
      getItem: (name) => items.get(name) ?? null,
      setItem: (name, value) => void items.set(name, value),
    });
    const own: Record<string, unknown> = {};
    const extension = extensionStorage({
      get: async (name) => (name in own ? { [name]: own[name] } : {}),
      set: async (changed) => void Object.assign(own, changed),
    });
    for (const storage of [page, extension]) {
      expect(await storage.load()).toBeUndefined();
      await storage.save('{}');
      expect(await storage.load()).toBe('{}');
    }
  });

  it('that encrypts shows nothing, and opens with its own key only', async () => {
    const inner = memoryStorage();
    const newKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const own = await newKey();
    const storage = encryptedStorage(inner, own);
    expect(await storage.load()).toBeUndefined();
    await storage.save('a secret');
    expect(await inner.load()).not.toContain('secret');
    expect(await storage.load()).toBe('a secret');
    await expect(encryptedStorage(inner, await newKey()).load()).rejects.toMatchObject({ kind: 'Other' });
  });

  it('with the account of another server or client is refused, and left as it is', async () => {
    const world = new World();
    const account = await world.signedIn();
    for (const other of [{ clientId: '0123456789abcdef' }, { server: 'Stage' }] as const) {
      const loaded = FirefoxAccount.load({ ...config, ...other }, world.options);
      await expect(loaded).rejects.toMatchObject({ kind: 'Other' });
    }
    expect(await world.storage.load()).toBe(account.toJson());
  });
});
