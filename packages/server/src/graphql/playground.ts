import { createHash } from 'node:crypto';

const SCRIPT = `
const field = (name) => document.getElementById(name);
field('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const token = field('token').value.trim();
  const response = await fetch(location.href, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: 'Bearer ' + token }) },
    body: JSON.stringify({ query: field('query').value, variables: JSON.parse(field('variables').value || 'null') }),
  });
  field('answer').textContent = JSON.stringify(await response.json(), null, 2);
});
`;

/** A page for trying operations out, for developers of the server: no styles, no storage. */
export const PLAYGROUND = `<!doctype html>
<html lang="en">
<title>GraphQL</title>
<form id="form">
<p><label>Session token (hex)<br><input id="token" size="66" autocomplete="off"></label>
<p><label>Operation<br><textarea id="query" rows="12" cols="80">{ account { uid emails { email verified } } }</textarea></label>
<p><label>Variables (JSON)<br><textarea id="variables" rows="4" cols="80"></textarea></label>
<p><button>Run</button>
</form>
<pre id="answer"></pre>
<script>${SCRIPT}</script>
</html>
`;

export const PLAYGROUND_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    "connect-src 'self'",
    `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
} as const;
