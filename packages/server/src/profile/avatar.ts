import { SCOPE_PROFILE_AVATAR_WRITE } from '@foxden/protocol';
import type { Context } from '../context.js';
import { profileError } from '../errors.js';
import type { AccessToken } from '../oauth/index.js';
import { fromHex, toHex } from '../storage/hex.js';
import { avatarUrl } from './avatar-url.js';
import { changeProfile } from './change.js';
import { MalformedPicture, type Picture, readPicture } from './picture/index.js';
import { requireScope } from './require-scope.js';
import { deleteAvatars, insertAvatar, putAppearance, readAppearance } from './store.js';

/**
 * Sets the picture of a person: what was sent, without what a camera wrote into it, under a new address.
 * @param contentType what the sender says it is
 * @throws FORBIDDEN, UNAUTHORIZED; INVALID_PARAMETER with the `reason` when it is no picture of that type, or too large
 */
export async function uploadAvatar(
  context: Context,
  token: AccessToken,
  file: { readonly contentType: string; readonly bytes: Uint8Array },
): Promise<{ readonly id: string; readonly url: string }> {
  requireScope(token, SCOPE_PROFILE_AVATAR_WRITE);
  const { bytes, contentType } = acceptedPicture(file);
  const id = context.random.bytes(16);
  await changeProfile(context, token.uid, async (tx) => {
    await deleteAvatars(tx, token.uid);
    const createdAt = context.clock.now();
    await insertAvatar(tx, { uid: fromHex(token.uid), id, contentType, image: bytes, createdAt });
    await putAppearance(tx, token.uid, { avatarId: id });
  });
  return { id: toHex(id), url: avatarUrl(context.config.publicUrl, toHex(id)) };
}

function acceptedPicture(file: { readonly contentType: string; readonly bytes: Uint8Array }): Picture {
  try {
    const picture = readPicture(file.bytes);
    if (picture.contentType === file.contentType) return picture;
  } catch (error) {
    if (error instanceof MalformedPicture) throw invalidPicture(error.message);
    throw error;
  }
  throw invalidPicture('the picture is not of the type that it is said to be');
}

function invalidPicture(reason: string) {
  return profileError('INVALID_PARAMETER', { reason, validation: { source: 'payload', keys: [] } });
}

/**
 * Takes the picture of a person away, if it is the one of this id (hex, 32 digits).
 * @throws FORBIDDEN, UNAUTHORIZED; INVALID_PARAMETER when it is not
 */
export async function deleteAvatar(context: Context, token: AccessToken, id: string): Promise<void> {
  requireScope(token, SCOPE_PROFILE_AVATAR_WRITE);
  await changeProfile(context, token.uid, async (tx) => {
    const { avatarId } = await readAppearance(tx, token.uid);
    if (avatarId === null || toHex(avatarId) !== id.toLowerCase()) {
      throw profileError('INVALID_PARAMETER', { validation: { source: 'params', keys: ['id'] } });
    }
    await deleteAvatars(tx, token.uid);
    await putAppearance(tx, token.uid, { avatarId: null });
  });
}
