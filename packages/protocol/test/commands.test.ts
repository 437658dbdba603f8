import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import client from '../../../test/fixtures/vectors/client.json';
import commands from '../../../test/fixtures/vectors/device-commands.json';
import { utf8Text } from '../src/bytes/bytes.js';
import { openCompactJwe } from '../src/bytes/compact-jwe.js';
import { paddingLength } from '../src/commands/aes128gcm.js';
import {
  base64ToBytes,
  base64urlToBytes,
  bytesToBase64url,
  bytesToHex,
  concatBytes,
  createWebPushKeys,
  hexToBytes,
  IntegrityError,
  MalformedError,
  openCommandKeys,
  openPayload,
  openSyncBundle,
  type ScopedKey,
  sealCommandKeys,
  sealPayload,
  sealSyncBundle,
  utf8,
} from '../src/index.js';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const device = {
  privateKey: hexToBytes(commands.device.privateKeyHex),
  publicKey: base64urlToBytes(commands.device.publicKey),
  authSecret: base64urlToBytes(commands.device.authSecret),
};
const oldsyncKey = commands.oldsyncKey as ScopedKey;

describe('what a device publishes under a command', () => {
  it('equals the vector', async () => {
    const published = await sealCommandKeys(device, oldsyncKey, () => hexToBytes(commands.bundle.ivHex));
    expect(published).toBe(commands.bundle.availableCommandsValue);
  });

  it('is read back', async () => {
    const { publicKey, authSecret } = await openCommandKeys(commands.bundle.availableCommandsValue, oldsyncKey);
    expect(publicKey).toEqual(device.publicKey);
    expect(authSecret).toEqual(device.authSecret);
  });

  it('is refused when it was sealed with another Sync key', async () => {
    const other = { ...oldsyncKey, kid: `1510726317123-${bytesToBase64url(new Uint8Array(16))}` };
    await expect(openCommandKeys(commands.bundle.availableCommandsValue, other)).rejects.toThrow(IntegrityError);
  });

  it('is refused when a digit of the HMAC or of the ciphertext was changed', async () => {
    const value = JSON.parse(commands.bundle.availableCommandsValue) as { hmac: string; ciphertext: string };
    const changed = [
      { ...value, hmac: value.hmac.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
      { ...value, ciphertext: value.ciphertext.replace(/^./, (digit) => (digit === 'A' ? 'B' : 'A')) },
    ];
    for (const bundle of changed) {
      await expect(openCommandKeys(JSON.stringify(bundle), oldsyncKey)).rejects.toThrow(IntegrityError);
    }
  });

  it.each(['', 'null', '[]', '{"kid":"22a42fe289dced5715135913424cb23b"}'])(
    'is refused when it is %j',
    async (text) => {
      await expect(openCommandKeys(text, oldsyncKey)).rejects.toThrow(MalformedError);
    },
  );
});

describe.each(commands.commands)('the payload “$name”', (vector) => {
  it('equals the vector', async () => {
    const sealed = await sealPayload(utf8(vector.plaintextJson), device, () => hexToBytes(vector.saltHex), {
      keys: {
        privateKey: hexToBytes(vector.senderEphemeralPrivateHex),
        publicKey: base64urlToBytes(vector.senderEphemeralPublic),
      },
      padded: false,
    });
    expect(bytesToBase64url(sealed)).toBe(vector.payload.encrypted);
  });

  it('is opened', async () => {
    const opened = await openPayload(base64urlToBytes(vector.payload.encrypted), device);
    expect(utf8Text(opened)).toBe(vector.plaintextJson);
  });
});

describe.each(client.send_tab_end_to_end)('send tab from end to end', (vector) => {
  const keys = {
    privateKey: hexToBytes(vector.receiver_private_key_hex),
    publicKey: hexToBytes(vector.receiver_public_key_hex),
    authSecret: hexToBytes(vector.auth_secret_hex),
  };
  const scopedKey = vector.scopedKey as ScopedKey;

  it('publishes the keys of the receiver', async () => {
    expect(await sealCommandKeys(keys, scopedKey, () => base64ToBytes(vector.bundle_iv_b64))).toBe(vector.command_data);
  });

  it('reaches the receiver, padded', async () => {
    const to = await openCommandKeys(vector.command_data, scopedKey);
    const senderPrivate = hexToBytes(vector.sender_private_key_hex);
    const senderPublic = base64urlToBytes(vector.encrypted_b64url).slice(21, 86);
    const sealed = await sealPayload(utf8(vector.plaintext_json), to, () => hexToBytes(vector.salt_hex), {
      keys: { privateKey: senderPrivate, publicKey: senderPublic },
    });
    expect(bytesToBase64url(sealed)).toBe(vector.encrypted_b64url);
    expect(utf8Text(await openPayload(sealed, keys))).toBe(vector.plaintext_json);
  });
});

describe('aes128gcm', () => {
  it.each(client.webpush_aes128gcm)('$origin $about', async (vector) => {
    const keys = {
      privateKey: hexToBytes(vector.receiver_private_key),
      publicKey: hexToBytes(vector.receiver_public_key),
      authSecret: hexToBytes(vector.auth_secret),
    };
    const opened = openPayload(hexToBytes(vector.ciphertext), keys);
    if (vector.error !== undefined) {
      await expect(opened).rejects.toThrow();
      return;
    }
    expect(utf8Text(await opened)).toBe(vector.plaintext);
    if (vector.sender_private_key === undefined) return;
    const sealed = await sealPayload(utf8(vector.plaintext), keys, () => hexToBytes(vector.salt), {
      keys: { privateKey: hexToBytes(vector.sender_private_key), publicKey: hexToBytes(vector.sender_public_key) },
      padded: false,
    });
    expect(bytesToHex(sealed)).toBe(vector.ciphertext);
  });

  it.each(client.webpush_padding.cases)(
    'pads $plaintext_length bytes with at least $min_pad by $pad_length',
    ({ plaintext_length, min_pad, pad_length }) => {
      expect(paddingLength(plaintext_length, min_pad)).toBe(pad_length);
    },
  );

  it('brings back any payload, at the edges of a record too', async () => {
    const keys = await createWebPushKeys(random);
    const lengths = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 4070, max: 4100 }));
    await fc.assert(
      fc.asyncProperty(lengths, fc.boolean(), async (length, padded) => {
        const payload = random(length);
        expect(await openPayload(await sealPayload(payload, keys, random, { padded }), keys)).toEqual(payload);
      }),
      { numRuns: 30 },
    );
  });

  it('is refused when the last record is missing', async () => {
    const keys = await createWebPushKeys(random);
    const sealed = await sealPayload(random(5000), keys, random);
    await expect(openPayload(sealed.subarray(0, 86 + 4096), keys)).rejects.toThrow(IntegrityError);
  });
});

describe('the bundle of Sync', () => {
  it.each(client.sync_key_bundle)('equals the vector', async (vector) => {
    const key = concatBytes(base64ToBytes(vector.enc_key_b64), base64ToBytes(vector.hmac_key_b64));
    const bundle = { ciphertext: vector.ciphertext_b64, IV: vector.iv_b64, hmac: vector.hmac_hex };
    expect(await sealSyncBundle(utf8(vector.plaintext), key, base64ToBytes(vector.iv_b64))).toEqual(bundle);
    expect(utf8Text(await openSyncBundle(bundle, key))).toBe(vector.plaintext);
  });
});

it.each(client.jwe_direct)('a JWE under a shared key is opened by that key only', async (vector) => {
  const open = (key: string) => openCompactJwe(vector.jwe, utf8(key), 'dir', 'the JWE');
  // The plaintext of this vector is no JSON: being told so means that it was opened.
  await expect(open(vector.key_ascii)).rejects.toThrow('not JSON');
  await expect(open(vector.wrong_key_ascii_must_fail)).rejects.toThrow(IntegrityError);
});
