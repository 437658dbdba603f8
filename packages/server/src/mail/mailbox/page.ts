import { escapeHtml } from '../templates/escape-html.js';
import type { MailboxMail } from './handler.js';

/** A page that shows mails to a person, newest first. Their HTML part is not shown: links of it would be alive here. */
export function mailboxPage(mails: readonly MailboxMail[]): string {
  const items = mails.toReversed().map(
    ({ to, subject, text, headers }) => `<details>
<summary><b>${escapeHtml(subject)}</b> ${escapeHtml(to)} <small>${escapeHtml(headers['date'] ?? '')}</small></summary>
<pre>${escapeHtml(text)}</pre>
</details>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mailbox</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
summary { padding: 0.5rem 0; cursor: pointer; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>Mailbox</h1>
<p>Mails that would have left this machine if a mail server were set. Reload to see new ones.</p>
${items.join('\n') || '<p>There are none yet.</p>'}
</body>
</html>
`;
}
