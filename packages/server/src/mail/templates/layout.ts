import { escapeHtml } from './escape-html.js';

/** The words of a mail, ready to be laid out. */
export interface Layout {
  /** BCP 47 tag. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly siteName: string;
  readonly subject: string;
  readonly heading: string;
  readonly intro: string;
  readonly code?: string | undefined;
  readonly action?: { readonly label: string; readonly fallback: string; readonly url: string } | undefined;
  readonly details: readonly string[];
  readonly note: string;
  readonly footer: string;
}

/** The mail as plain text. */
export function layoutText(page: Layout): string {
  const blocks = [
    page.heading,
    page.intro,
    page.code && `    ${page.code}`,
    page.action && `${page.action.label}:\n${page.action.url}`,
    page.details.join('\n'),
    page.note,
    `-- \n${page.footer}`,
  ];
  return `${blocks.filter((block) => block).join('\n\n')}\n`;
}

const DARK_STYLE = `
@media (prefers-color-scheme: dark) {
  .page { background: #1c1b22 !important; color: #fbfbfe !important; }
  .card { background: #2b2a33 !important; }
  .quiet { color: #bfbfc9 !important; }
  .code { background: #42414d !important; }
  .button { background: #00ddff !important; color: #15141a !important; }
  .link { color: #00ddff !important; }
}`;

/** The mail as HTML: styles inline, as mail programs need them, and nothing loaded from elsewhere. */
export function layoutHtml(page: Layout): string {
  const paragraph = (text: string, className = '', style = ''): string =>
    `<p${className && ` class="${className}"`} style="margin:0 0 16px;${style}">${escapeHtml(text)}</p>`;
  const parts = [
    paragraph(page.siteName, 'quiet', 'color:#5b5b66;font-size:14px'),
    `<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${escapeHtml(page.heading)}</h1>`,
    paragraph(page.intro),
    page.code && codeBlock(page.code),
    page.action && actionBlock(page.action),
    ...page.details.map((detail) => paragraph(detail, 'quiet', 'color:#5b5b66')),
    paragraph(page.note),
    paragraph(page.footer, 'quiet', 'margin:24px 0 0;color:#5b5b66;font-size:14px'),
  ];
  return `<!doctype html>
<html lang="${escapeHtml(page.language)}" dir="${page.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(page.subject)}</title>
<style>${DARK_STYLE}
</style>
</head>
<body class="page" style="margin:0;padding:24px 12px;background:#f0f0f4;color:#15141a;font:16px/1.5 system-ui,sans-serif">
<div class="card" style="max-width:448px;margin:0 auto;padding:32px;background:#ffffff;border-radius:12px">
${parts.filter((part) => part).join('\n')}
</div>
</body>
</html>
`;
}

function codeBlock(code: string): string {
  const style =
    'margin:0 0 16px;padding:16px;background:#f0f0f4;border-radius:8px;font:700 32px/1.2 ui-monospace,monospace;' +
    'letter-spacing:4px;text-align:center;-webkit-user-select:all;user-select:all';
  return `<p class="code" dir="ltr" style="${style}">${escapeHtml(code)}</p>`;
}

function actionBlock(action: { label: string; fallback: string; url: string }): string {
  const url = escapeHtml(action.url);
  const button =
    'display:inline-block;padding:12px 24px;background:#0060df;color:#ffffff;border-radius:8px;' +
    'font-weight:600;text-decoration:none';
  return [
    `<p style="margin:0 0 16px"><a class="button" href="${url}" style="${button}">${escapeHtml(action.label)}</a></p>`,
    `<p class="quiet" style="margin:0 0 16px;color:#5b5b66;font-size:14px">${escapeHtml(action.fallback)}<br>`,
    `<a class="link" dir="ltr" href="${url}" style="color:#0060df;word-break:break-all">${url}</a></p>`,
  ].join('\n');
}
