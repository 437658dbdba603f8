import { sql } from 'kysely';
import { fromHex, toHex } from '../storage/hex.js';
import { type Bytes, type Database, prune } from '../storage/index.js';

/** A command as it waits for a device (oauth-devices §3.2). */
export interface WaitingCommand {
  readonly index: number;
  readonly command: string;
  /** JSON. */
  readonly payload: string;
  /** hex, 32 digits; null when an application without a device sent it. */
  readonly sender: string | null;
}

/** How many commands wait for a device. The oldest give way: reading removes none, so a full queue says little. */
export const COMMANDS_KEPT = 1000;

/**
 * Leaves a command for a device (uid, deviceId: hex, 32 digits), inside a transaction, and gives its index.
 * Indices of a device rise for ever: a client keeps the last one that it has seen and asks for what is above. The time is
 * part of them, so that they also rise past those which a backup does not remember. The row of the device is locked by
 * its number until the commit: nobody reads an index before the ones below it.
 * Of more than {@link COMMANDS_KEPT} that wait, the oldest are deleted.
 * @returns undefined when there is no such device
 */
export async function enqueueCommand(
  tx: Database,
  uid: string,
  deviceId: string,
  now: number,
  command: Omit<WaitingCommand, 'index'> & { readonly expiresAt: number },
): Promise<number | undefined> {
  const index = await nextIndex(tx, uid, deviceId, now);
  if (index === undefined) return undefined;
  const sender = command.sender === null ? null : fromHex(command.sender);
  await tx
    .insertInto('commands')
    .values({ ...command, uid: fromHex(uid), deviceId: fromHex(deviceId), index, sender })
    .execute();
  await deleteSurplus(tx, uid, deviceId);
  return index;
}

async function deleteSurplus(tx: Database, uid: string, deviceId: string): Promise<void> {
  await tx
    .deleteFrom('commands')
    .where('uid', '=', fromHex(uid))
    .where('deviceId', '=', fromHex(deviceId))
    .where('index', '<=', (query) =>
      query
        .selectFrom('commands')
        .select('index')
        .where('uid', '=', fromHex(uid))
        .where('deviceId', '=', fromHex(deviceId))
        .orderBy('index', 'desc')
        .offset(COMMANDS_KEPT)
        .limit(1),
    )
    .execute();
}

async function nextIndex(tx: Database, uid: string, deviceId: string, now: number): Promise<number | undefined> {
  const row = await tx
    .updateTable('devices')
    .set({
      lastCommandIndex: sql<number>`case when "lastCommandIndex" >= ${now} then "lastCommandIndex" + 1 else ${now} end`,
    })
    .where('uid', '=', fromHex(uid))
    .where('id', '=', fromHex(deviceId))
    .returning('lastCommandIndex')
    .executeTakeFirst();
  return row?.lastCommandIndex ?? undefined;
}

/** The commands of a device from an index on that have not expired, the oldest first. Reading does not remove them. */
export async function listCommands(
  db: Database,
  uid: string,
  deviceId: string,
  options: { readonly from: number; readonly now: number; readonly limit: number },
): Promise<WaitingCommand[]> {
  const rows = await db
    .selectFrom('commands')
    .select(['index', 'command', 'payload', 'sender'])
    .where('uid', '=', fromHex(uid))
    .where('deviceId', '=', fromHex(deviceId))
    .where('index', '>=', options.from)
    .where('expiresAt', '>', options.now)
    .orderBy('index')
    .limit(options.limit)
    .execute();
  return rows.map(({ sender, ...row }) => ({ ...row, sender: sender === null ? null : toHex(sender) }));
}

/** Deletes what waits for devices that are deleted, in the same transaction. */
export async function deleteCommandsFor(db: Database, uid: Bytes, deviceIds: readonly Bytes[]): Promise<void> {
  if (deviceIds.length === 0) return;
  await db.deleteFrom('commands').where('uid', '=', uid).where('deviceId', 'in', deviceIds).execute();
}

/** Deletes the commands that have expired. */
export function pruneCommands(db: Database, now: number): Promise<number> {
  return prune(db, 'commands', ['uid', 'deviceId', 'index'], sql<boolean>`"expiresAt" <= ${now}`);
}
