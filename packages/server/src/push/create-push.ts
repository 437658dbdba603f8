import { createHash } from 'node:crypto';
import type { Config } from '../config/index.js';
import type { Clock, Log, Random } from '../context.js';
import { type Device, listDevices } from '../devices/index.js';
import { createLoop } from '../mail/index.js';
import { fromHex } from '../storage/hex.js';
import type { Database, Storage } from '../storage/index.js';
import { deliver } from './deliver.js';
import type { PushMessage } from './messages.js';
import { claim, findDue, findNextAttempt, insertMessage } from './store.js';
import type { PushTransport } from './transport.js';
import { createVapid } from './vapid.js';

export interface PushOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly secret: Uint8Array;
  readonly config: Pick<Config, 'publicUrl' | 'pushOrigins'>;
  readonly transport: PushTransport;
  /** How long a push service may take to answer, milliseconds. */
  readonly patience?: number;
}

/** Which devices of an account a message is for; all of them, unless it says otherwise (ids: hex, 32 digits). */
export interface Recipients {
  /** The devices to choose from, where they are not those that the account has now. */
  readonly among?: readonly Device[] | undefined;
  readonly only?: readonly string[] | undefined;
  readonly except?: readonly string[] | undefined;
}

/**
 * Push messages leave as mails do: `post` writes them down in the transaction of what they announce, delivery happens
 * later and never delays or fails a request. They go where the devices are at the time of `post`, also if the devices are
 * deleted afterwards.
 */
export interface Push {
  /** @param uid hex, 32 digits */
  post(db: Database, uid: string, message: PushMessage, recipients?: Recipients): Promise<void>;
  /** Tells the delivery that a transaction with messages in it has committed. */
  wake(): void;
}

/** Push with the delivery behind it. */
export interface RunningPush extends Push {
  start(): void;
  /** Ends what is in hand; what waits stays for the next start. */
  stop(): Promise<void>;
  /** Sends what is due now, and waits for the answers. The started delivery does so by itself. */
  runOnce(): Promise<void>;
}

/** Messages of other processes, and those of a process that died, are looked for this often. */
const POLL = 30_000;
const PATIENCE = 10_000;
/** How long a claim holds; longer than the patience, as the message is sent again after it. */
const CLAIM = 60_000;
/** How many messages are on their way at the same time: one that takes long keeps no other waiting. */
const AT_ONCE = 64;
/** What the Rust client on iOS understands (oauth-devices §3.4). */
const FOR_IOS = ['fxaccounts:command_received', 'fxaccounts:device_connected', 'fxaccounts:device_disconnected'];

export function createPush(options: PushOptions): RunningPush {
  const { storage, clock, random, log, config, transport, patience = PATIENCE } = options;
  const delivery = {
    ...{ storage, clock, random, log, transport, patience, pushOrigins: config.pushOrigins },
    vapid: createVapid(options.secret, config.publicUrl),
  };
  const onTheirWay = new Set<Promise<void>>();

  function send(row: Parameters<typeof deliver>[1]): void {
    const sending = deliver(delivery, row)
      .catch((error: unknown) => logFailure(error))
      .finally(() => {
        onTheirWay.delete(sending);
        loop.wake();
      });
    onTheirWay.add(sending);
  }

  /** Puts what is due on its way, as long as there is room; true when nothing that is due was left. */
  async function sendDue(): Promise<boolean> {
    for (;;) {
      const room = AT_ONCE - onTheirWay.size;
      if (room === 0) return false;
      const due = await findDue(storage.db, clock.now(), room);
      if (due.length === 0) return true;
      for (const message of due) {
        const claimed = await claim(storage.db, message, clock.now() + CLAIM);
        if (claimed !== undefined) send(claimed);
      }
    }
  }

  function logFailure(error: unknown): void {
    log.error('push.delivery', { error: error instanceof Error ? error.message : String(error) });
  }

  const loop = createLoop(async () => {
    try {
      // Who finds no room is woken by the next that ends.
      if (!(await sendDue())) return POLL;
      const next = await findNextAttempt(storage.db);
      return Math.min(POLL, Math.max(0, (next ?? Number.POSITIVE_INFINITY) - clock.now()));
    } catch (error) {
      logFailure(error);
      return POLL;
    }
  });

  return {
    async post(db, uid, message, recipients = {}) {
      const body = message.payload === undefined ? '' : JSON.stringify(message.payload);
      const now = clock.now();
      for (const device of recipients.among ?? (await listDevices(db, uid))) {
        const { pushCallback } = device;
        if (pushCallback === null || !isReached(device, message) || !isMeant(device.id, recipients)) continue;
        await insertMessage(db, {
          uid: fromHex(uid),
          deviceId: fromHex(device.id),
          id: createHash('sha256').update(body).digest(),
          endpoint: pushCallback,
          publicKey: device.pushPublicKey,
          authKey: device.pushAuthKey,
          body,
          ttl: Math.floor(message.ttl),
          createdAt: now,
          attempts: 0,
          nextAttemptAt: now,
          lastError: null,
        });
      }
    },
    wake: () => loop.wake(),
    start: () => loop.start(),
    async stop() {
      await loop.stop();
      transport.close();
      await Promise.all(onTheirWay);
    },
    async runOnce() {
      do {
        await sendDue();
        await Promise.all(onTheirWay);
      } while ((await findDue(storage.db, clock.now(), 1)).length > 0);
    },
  };
}

/** Content needs keys; an endpoint that is gone takes nothing; iOS is told only what its client understands. */
function isReached(device: Device, { payload }: PushMessage): boolean {
  if (device.pushEndpointExpired) return false;
  if (payload === undefined) return device.userAgent.uaOS !== 'iOS';
  if (device.pushPublicKey === null || device.pushAuthKey === null) return false;
  return device.userAgent.uaOS !== 'iOS' || FOR_IOS.includes(payload.command);
}

function isMeant(id: string, { only, except }: Recipients): boolean {
  return (only === undefined || only.includes(id)) && !except?.includes(id);
}
