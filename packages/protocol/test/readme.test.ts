import { expect, test } from 'vitest';
import readme from '../README.md?raw';
import * as protocol from '../src/index.js';

interface ReadmeResult {
  readonly credentials: Record<string, string>;
  readonly authorization: string;
  readonly key: object;
  readonly received: object;
}

test('the example of the README runs as it is written', async () => {
  const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const [, names = '', body = ''] = /^import \{([^}]*)\} from '@foxden\/protocol';\n([\s\S]*)$/.exec(example) ?? [];
  const AsyncFunction = (async () => {}).constructor as new (
    ...parts: string[]
  ) => (library: typeof protocol) => Promise<ReadmeResult>;
  const run = new AsyncFunction(
    'library',
    `const {${names}} = library;${body};return { credentials, authorization, key, received };`,
  );

  const { credentials, authorization, key, received } = await run(protocol);
  expect(Object.keys(credentials)).toEqual(['authPW', 'wrapKb', 'authPWVersion2', 'wrapKbVersion2', 'clientSalt']);
  expect(protocol.parseBearer(authorization)?.kind).toBe('sessionToken');
  expect(received).toEqual({ 'https://example.org/apps/notes': key });
});
