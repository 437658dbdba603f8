import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getSessionStatus } from '@foxden/auth-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RED_PNG } from '../../../packages/server/test/profile/pictures.js';
import { settingsAddress, stateOf, waitForState } from '../firefox/support/accounts-in-firefox.js';
import { type Firefox, withoutFirefox } from '../firefox/support/firefox.js';
import { openFirefoxStage } from '../firefox/support/firefox-stage.js';
import { beginSignIn, heading } from '../firefox/support/people-in-firefox.js';
import type { AccountsServer } from '../support/accounts-server.js';
import { withoutChromium } from '../support/chromium.js';
import { PASSWORD } from '../support/people.js';
import { newPerson } from '../support/protected.js';
import { openStage } from '../support/stage.js';
import { until } from '../support/until.js';
import { chromiumDriver } from './support/chromium-driver.js';
import { firefoxDriver } from './support/firefox-driver.js';
import { byKeyboard, byPointer, type Hand } from './support/hand.js';
import type { PageDriver } from './support/page-driver.js';
import { tasks, type Visit } from './tasks.js';

const HANDS: Readonly<Record<string, (driver: PageDriver) => Hand>> = { keyboard: byKeyboard, pointer: byPointer };
const inAll = process.env['FOXDEN_ALL_BROWSERS'] !== undefined;
/** Two of the four stand for all, which `npm run soak` walks through. */
const handsOf = (usual: 'keyboard' | 'pointer') =>
  (inAll ? Object.keys(HANDS) : [usual]).map((name) => [name] as const);

let folder: string;
let files: Visit['files'];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foxden-pictures-'));
  files = { picture: join(folder, 'me.png'), other: join(folder, 'other.png') };
  await writeFile(files.picture, RED_PNG);
  await writeFile(files.other, 'no picture');
});
afterAll(() => rm(folder, { recursive: true }));

const newVisit = async (server: AccountsServer, hand: Hand, openSettings: Visit['openSettings']): Promise<Visit> => {
  const { email, uid } = await newPerson(server, 'sam');
  return { server, hand, uid, email, password: PASSWORD, displayName: null, files, openSettings };
};

/** From the first page to wherever it leads. */
async function signIn({ hand, email, password }: Visit): Promise<void> {
  await hand.write('Email address', email);
  await hand.press('Continue');
  await hand.write('Password', password);
  await hand.press('Sign in');
}

describe.skipIf(withoutChromium).each(handsOf('keyboard'))('in Chromium, people with a %s', (name) => {
  let stage: Awaited<ReturnType<typeof openStage>>;
  let visit: Visit | undefined;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  async function arrive(): Promise<Visit> {
    const hand = HANDS[name]?.(chromiumDriver(await stage.visit())) as Hand;
    const openSettings = () => hand.open(`${stage.url}/settings`);
    const arrived = await newVisit(stage, hand, openSettings);
    await openSettings();
    await signIn(arrived);
    await hand.arrives('Your account');
    return arrived;
  }

  it.each(tasks)('$name', async (task) => {
    const here = visit ?? (await arrive());
    visit = undefined;
    await task.do(here);
    if (task.leaves !== 'signed out') visit = here;
  });
});

describe.skipIf(withoutFirefox).each(handsOf('pointer'))('in a stock Firefox that syncs, people with a %s', (name) => {
  let stage: Awaited<ReturnType<typeof openFirefoxStage>>;
  let firefox: Firefox;
  let visit: Visit | undefined;
  beforeAll(async () => {
    stage = await openFirefoxStage();
  });
  afterAll(() => stage.close());

  async function arrive(): Promise<Visit> {
    firefox = await stage.firefox();
    const hand = HANDS[name]?.(firefoxDriver(firefox)) as Hand;
    const openSettings = async () => hand.open(await settingsAddress(firefox));
    const arrived = await newVisit(stage, hand, openSettings);
    await beginSignIn(firefox);
    await signIn(arrived);
    await heading(firefox, 'This Firefox is syncing');
    return arrived;
  }

  it.each(tasks)('$name', async (task) => {
    const here = visit ?? (await arrive());
    visit = undefined;
    const before = await waitForState(firefox, { status: 'signed_in', syncing: true, uid: here.uid });
    await task.do(here);
    expect(firefox.refused).toEqual([]);
    if (task.leaves === 'signed out') return void (await waitForState(firefox, { status: 'not_configured' }));
    const { uid, email, displayName } = here;
    await waitForState(firefox, { status: 'signed_in', syncing: true, uid, email, displayName });
    if (task.leaves === 'signed in by another session') {
      await until('another session', async () =>
        (await stateOf(firefox)).sessionToken === before.sessionToken ? undefined : true,
      );
    }
    await getSessionStatus(stage.client, (await stateOf(firefox)).sessionToken ?? '');
    visit = here;
  });
});
