import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli } from './cli-fixture.js';

const ROOT = 'https://accounts.example.org/fox';

describe('foxden firefox', () => {
  test('shows the preferences of every kind of Firefox', async () => {
    const { code, stdout } = await cli().foxden(['firefox', '--url', `${ROOT}/`]);
    expect(code).toBe(0);
    const [newer, older, managed = '', android = '', ios = ''] = stdout.split(
      /^Desktop, before|^Many computers|^Android|^iOS/m,
    );
    expect(newer).toContain(`user_pref("identity.fxaccounts.autoconfig.uri", "${ROOT}");`);
    expect(newer).not.toContain('allowHttp');
    for (const line of [
      `"identity.fxaccounts.remote.root", "${ROOT}"`,
      `"identity.fxaccounts.auth.uri", "${ROOT}/v1"`,
      `"identity.fxaccounts.remote.oauth.uri", "${ROOT}/v1"`,
      `"identity.fxaccounts.remote.profile.uri", "${ROOT}/v1"`,
      '"identity.fxaccounts.remote.pairing.uri", "wss://accounts.example.org/fox"',
      `"identity.sync.tokenserver.uri", "${ROOT}/1.0/sync/1.5"`,
    ]) {
      expect(older).toContain(`user_pref(${line});`);
      expect(managed).toContain(`defaultPref(${line});`);
    }
    expect(managed).toContain(`defaultPref("identity.fxaccounts.autoconfig.uri", "${ROOT}");`);
    expect(android).toContain(`${ROOT}/1.0/sync/1.5`);
    expect(ios).toContain(ROOT);
  });

  test('takes the address from the environment, and allows plain http where that is what it is', async () => {
    const { stdout } = await cli().foxden(['firefox'], { FOXDEN_PUBLIC_URL: 'http://127.0.0.1:3030' });
    expect(stdout).toContain('user_pref("identity.fxaccounts.allowHttp", true);');
    expect(stdout).toContain('"ws://127.0.0.1:3030"');
  });

  test('writes a profile, again in the same place, and leaves the rest of it alone', async () => {
    const { foxden, dataDir } = cli();
    const profile = join(dirname(dataDir), 'profile');
    mkdirSync(profile);
    const path = join(profile, 'user.js');
    writeFileSync(path, 'user_pref("mine", 1);');
    await foxden(['firefox', '--url', 'https://old.example.org', '--profile', profile]);
    const { code, stdout } = await foxden(['firefox', '--url', ROOT, '--profile', profile]);
    expect([code, stdout]).toEqual([0, `Wrote ${path}. Restart Firefox, then choose "Sign in" in its menu.\n`]);
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^user_pref\("mine", 1\);\n\/\/ Foxden: begin\n/);
    expect(text.match(/identity\.fxaccounts\.autoconfig\.uri/g)).toHaveLength(1);
    expect(text).not.toContain('old.example.org');
  });

  test.each([
    [[], 'The address of the server is missing: give --url. See "foxden help firefox".'],
    [['--url', 'accounts'], '"accounts" is not the address of a server. See "foxden help firefox".'],
    [['--url', 'ftp://accounts'], '"ftp://accounts" is not the address of a server. See "foxden help firefox".'],
  ])('called with %j says what is wrong', async (args, message) => {
    expect(await cli().foxden(['firefox', ...args])).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
  });

  test('says that a profile is not there', async () => {
    const { foxden, dataDir } = cli();
    const { code, stderr } = await foxden(['firefox', '--url', ROOT, '--profile', join(dataDir, 'nowhere')]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no profile folder')]);
  });
});
