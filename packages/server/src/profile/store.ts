import { fromHex } from '../storage/hex.js';
import { type AvatarRow, type Bytes, type Database, type ProfileRow, prepare } from '../storage/index.js';

/** What a person shows beside the address. */
export type Appearance = Pick<ProfileRow, 'displayName' | 'avatarId'>;

const PLAIN: Appearance = { displayName: null, avatarId: null };

const selectAppearance = prepare((db, uid: Bytes) =>
  db.selectFrom('profiles').select(['displayName', 'avatarId']).where('uid', '=', uid),
);

/** What a person shows; nulls for one who has set nothing. */
export async function readAppearance(db: Database, uid: string): Promise<Appearance> {
  return (await selectAppearance(db, fromHex(uid))).rows[0] ?? PLAIN;
}

export async function putAppearance(db: Database, uid: string, changes: Partial<Appearance>): Promise<void> {
  await db
    .insertInto('profiles')
    .values({ uid: fromHex(uid), ...PLAIN, ...changes })
    .onConflict((conflict) => conflict.column('uid').doUpdateSet(changes))
    .execute();
}

export async function insertAvatar(db: Database, row: AvatarRow): Promise<void> {
  await db.insertInto('avatars').values(row).execute();
}

/** The picture of an id, whoever shows it. */
export async function readAvatar(
  db: Database,
  id: Bytes,
): Promise<Pick<AvatarRow, 'contentType' | 'image'> | undefined> {
  return db.selectFrom('avatars').select(['contentType', 'image']).where('id', '=', id).executeTakeFirst();
}

export async function deleteAvatars(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('avatars').where('uid', '=', fromHex(uid)).execute();
}

/** Deletes all that this domain knows about an account (uid: hex, 32 digits). */
export async function deleteProfile(db: Database, uid: string): Promise<void> {
  await deleteAvatars(db, uid);
  await db.deleteFrom('profiles').where('uid', '=', fromHex(uid)).execute();
}
