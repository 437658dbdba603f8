import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../support/until.js';
import { connectMarionette, type Marionette, type Realm } from './marionette.js';
import { loopbackPreferences, type Preferences, QUIET, userJs } from './preferences.js';
import { refusingProxy } from './refusing-proxy.js';

const PATHS = [process.env['FIREFOX_PATH'], '/usr/bin/firefox-esr', '/usr/bin/firefox'];
const found = PATHS.find((path) => path !== undefined && existsSync(path));

/** Without the browser these tests are skipped on a developer's machine, and fail where everything is to be checked. */
export const withoutFirefox = found === undefined && process.env['CI'] === undefined;

/** A stock Firefox with a profile of its own, driven from outside. */
export interface Firefox {
  readonly version: string;
  /** Hosts beyond loopback that it tried to reach. */
  readonly refused: readonly string[];
  open(url: string): Promise<void>;
  url(): Promise<string>;
  /** Runs a function in the page; arguments and result are JSON. */
  inPage<A extends readonly unknown[], R>(run: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /**
   * Runs a function in the browser itself. It finds `fxAccounts`, `FxAccountsConfig`, `UIState`, `Weave` and `PlacesUtils`
   * in its scope, beside all that a browser window has.
   */
  inBrowser<A extends readonly unknown[], R>(run: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** Presses keys in a field that may still have to appear: the first of the selector, or the one of an index. */
  type(selector: string, text: string, index?: number): Promise<void>;
  click(selector: string, index?: number): Promise<void>;
  /** Presses keys where the focus is: those of a group together, one group after the other. */
  press(groups: readonly (readonly string[])[]): Promise<void>;
  /** Answers a dialog of the browser's own and gives its text. */
  answerDialog(accept: boolean): Promise<string>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface FirefoxOptions {
  readonly preferences: Preferences;
}

/** @throws Error when Firefox is missing or does not start */
export async function launchFirefox({ preferences }: FirefoxOptions): Promise<Firefox> {
  if (found === undefined) throw new Error('Firefox is missing: install firefox-esr, or name it in FIREFOX_PATH');
  const proxy = await refusingProxy();
  const profile = await mkdtemp(join(tmpdir(), 'foxden-firefox-'));
  const all = { ...QUIET, ...loopbackPreferences(proxy.port), ...preferences };
  await writeFile(join(profile, 'user.js'), userJs(all));
  const child = start(found, profile);
  try {
    const marionette = await connectMarionette(await marionettePort(child, profile));
    const session = await marionette.command(undefined, 'WebDriver:NewSession', { unhandledPromptBehavior: 'ignore' });
    const { browserVersion } = (session as { capabilities: { browserVersion: string } }).capabilities;
    return {
      version: browserVersion,
      refused: proxy.asked,
      ...controls(marionette),
      async close() {
        marionette.end();
        await stop(child, profile);
        proxy.close();
      },
    };
  } catch (error) {
    await stop(child, profile);
    proxy.close();
    throw error;
  }
}

function start(executable: string, profile: string): ChildProcess {
  const flags = ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile];
  const env = {
    ...process.env,
    MOZ_CRASHREPORTER_DISABLE: '1',
    MOZ_DISABLE_AUTO_SAFE_MODE: '1',
    // Firefox ends itself rather than open a socket to anything but loopback.
    MOZ_DISABLE_NONLOCAL_CONNECTIONS: '1',
  };
  return spawn(executable, flags, { env, stdio: 'ignore' });
}

/** Firefox chooses a port and writes it into its profile. */
function marionettePort(child: ChildProcess, profile: string): Promise<number> {
  return until('Firefox to start', async () => {
    if (child.exitCode !== null) throw new Error(`Firefox ended with ${child.exitCode}`);
    const text = await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => '');
    return text === '' ? undefined : Number(text);
  });
}

async function stop(child: ChildProcess, profile: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
  // Its helper processes may still write for a moment after it.
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

const MODULES = `
  const { getFxAccountsSingleton } = ChromeUtils.importESModule('resource://gre/modules/FxAccounts.sys.mjs');
  const fxAccounts = getFxAccountsSingleton();
  const { FxAccountsConfig } = ChromeUtils.importESModule('resource://gre/modules/FxAccountsConfig.sys.mjs');
  const { UIState } = ChromeUtils.importESModule('resource://services-sync/UIState.sys.mjs');
  const { Weave } = ChromeUtils.importESModule('resource://services-sync/main.sys.mjs');
  const { PlacesUtils } = ChromeUtils.importESModule('resource://gre/modules/PlacesUtils.sys.mjs');
`;

type Controls = Omit<Firefox, 'version' | 'refused' | 'close'>;

function controls(marionette: Marionette): Controls {
  const answerOf = async (realm: Realm, name: string, parameters: object = {}) =>
    ((await marionette.command(realm, name, parameters)) as { value: unknown }).value;
  const execute = (realm: Realm, run: unknown, args: readonly unknown[]) =>
    answerOf(realm, 'WebDriver:ExecuteScript', {
      script: `${realm === 'chrome' ? MODULES : ''} return (${run})(...arguments);`,
      args,
      sandbox: realm === 'chrome' ? 'system' : null,
      scriptTimeout: 60_000,
    });
  const element = (selector: string, index: number) =>
    until(selector, async () => {
      const parameters = { using: 'css selector', value: selector };
      const found = await marionette.command('content', 'WebDriver:FindElements', parameters).catch(() => []);
      const reference = (found as Readonly<Record<string, string>>[])[index];
      return reference === undefined ? undefined : Object.values(reference)[0];
    });
  return {
    open: async (url) => void (await marionette.command('content', 'WebDriver:Navigate', { url })),
    url: async () => String(await answerOf('content', 'WebDriver:GetCurrentURL')),
    inPage: async (run, ...args) => (await execute('content', run, args)) as Awaited<ReturnType<typeof run>>,
    inBrowser: async (run, ...args) => (await execute('chrome', run, args)) as Awaited<ReturnType<typeof run>>,
    async type(selector, text, index = 0) {
      const id = await element(selector, index);
      await marionette.command('content', 'WebDriver:ElementSendKeys', { id, text });
    },
    async click(selector, index = 0) {
      await marionette.command('content', 'WebDriver:ElementClick', { id: await element(selector, index) });
    },
    async press(groups) {
      const actions = groups.flatMap((keys) => [
        ...keys.map((value) => ({ type: 'keyDown', value })),
        ...keys.toReversed().map((value) => ({ type: 'keyUp', value })),
      ]);
      const keyboard = { type: 'key', id: 'keyboard', actions };
      await marionette.command('content', 'WebDriver:PerformActions', { actions: [keyboard] });
    },
    answerDialog: (accept) =>
      until('a dialog', async () => {
        try {
          const text = String(await answerOf('chrome', 'WebDriver:GetAlertText'));
          // One that is still opening can be read before it can be answered.
          await marionette.command('chrome', accept ? 'WebDriver:AcceptAlert' : 'WebDriver:DismissAlert');
          return text;
        } catch {
          return undefined;
        }
      }),
    async screenshot() {
      const parameters = { full: true, hash: false };
      return Buffer.from(String(await answerOf('content', 'WebDriver:TakeScreenshot', parameters)), 'base64');
    },
  };
}
