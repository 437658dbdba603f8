import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

describe('the reference pages of the client libraries', () => {
  it('build without a warning', async () => {
    const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'docs']);
    expect(stdout).toBe('');
    await access('dist/docs/classes/_foxden_fxa-client.FirefoxAccount.html');
  });
});
