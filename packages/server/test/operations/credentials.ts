import {
  bytesToHex,
  createClientSalt,
  hexToBytes,
  type StretchedPassword,
  stretchPasswordV1,
  stretchPasswordV2,
  wrapKb,
} from '@foxden/protocol';

export const EMAIL = 'fox@example.com';
const CLIENT_SALT = createClientSalt(new Uint8Array(16).fill(7));

const stretched = new Map<string, Promise<StretchedPassword>>();

/** Stretching is slow on purpose, and the same passwords come again and again. */
export function stretch(version: 1 | 2, password: string): Promise<StretchedPassword> {
  const key = `${version} ${password}`;
  const known = stretched.get(key);
  if (known !== undefined) return known;
  const made = version === 1 ? stretchPasswordV1(EMAIL, password) : stretchPasswordV2(CLIENT_SALT, password);
  stretched.set(key, made);
  return made;
}

export async function authPW(version: 1 | 2, password: string): Promise<string> {
  return bytesToHex((await stretch(version, password)).authPW);
}

/** What a client sends to set a password that opens to kB (hex). */
export async function credentialsFor(password: string, kB: string, isVersion2: boolean) {
  const wrapped = async (version: 1 | 2) =>
    bytesToHex(wrapKb(hexToBytes(kB), (await stretch(version, password)).unwrapBKey));
  return {
    authPW: await authPW(1, password),
    wrapKb: await wrapped(1),
    ...(isVersion2 && {
      authPWVersion2: await authPW(2, password),
      wrapKbVersion2: await wrapped(2),
      clientSalt: CLIENT_SALT,
    }),
  };
}
