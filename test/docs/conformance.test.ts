import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/oidc-conformance.md'), 'utf8');
const rows = [...page.matchAll(/^\| ([^|]*?) \| `([^`|]+)` \| ([^|]*?) \|$/gm)].map(
  ([, theirs = '', file = '', ours = '']) => ({
    theirs,
    file,
    ours,
  }),
);

/** The modules of the plans that the page is about. */
const PLANS = {
  basic: [
    'server',
    'response-type-missing',
    'idtoken-signature',
    'idtoken-unsigned',
    'codereuse',
    'codereuse-30seconds',
    'scope-address',
    'scope-all',
    'scope-email',
    'scope-phone',
    'scope-profile',
    'ensure-other-scope-order-succeeds',
    'claims-essential',
    'claims-locales',
    'userinfo-get',
    'userinfo-post-body',
    'userinfo-post-header',
    'alternate-happy-flow',
    'display-page',
    'display-popup',
    'ui-locales',
    'login-hint',
    'id-token-hint',
    'prompt-login',
    'prompt-none-logged-in',
    'prompt-none-not-logged-in',
    'max-age-1',
    'max-age-10000',
    'ensure-post-request-succeeds',
    'ensure-registered-redirect-uri',
    'ensure-request-object-with-redirect-uri',
    'ensure-request-with-acr-values-succeeds',
    'ensure-request-with-unknown-parameter-succeeds',
    'ensure-request-with-valid-pkce-succeeds',
    'ensure-request-without-nonce-succeeds-for-code-flow',
    'refresh-token',
    'server-client-secret-post',
    'request-uri-unsigned-supported-correctly-or-rejected-as-unsupported',
    'unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
  ],
  config: ['discovery-endpoint-verification'],
  logout: [
    'rp-initiated-logout',
    ...[
      'discovery-endpoint-verification',
      'bad-post-logout-redirect-uri',
      'modified-id-token-hint',
      'no-id-token-hint',
      'no-params',
      'no-post-logout-redirect-uri',
      'no-state',
      'only-state',
      'query-added-to-post-logout-redirect-uri',
      'bad-id-token-hint',
    ].map((name) => `rp-initiated-logout-${name}`),
  ],
};

test('docs/oidc-conformance.md answers every test of the plans once', () => {
  const names = rows.flatMap(({ theirs }) => /^`oidcc-([\w-]+)`/.exec(theirs)?.[1] ?? []);
  expect(names.sort()).toEqual(Object.values(PLANS).flat().sort());
});

test.each(rows)('$theirs is answered by a test that exists and is not switched off', ({ file, ours }) => {
  const path = join(root, file);
  expect(existsSync(path), file).toBe(true);
  const source = readFileSync(path, 'utf8');
  const at = source.indexOf(`'${ours}'`);
  expect(at, ours).toBeGreaterThan(0);
  expect(source).not.toMatch(/\b(?:test|it|describe)\.(?:skip|only|todo|fails)\b/);
});
