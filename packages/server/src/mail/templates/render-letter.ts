import { FluentDateTime, type FluentVariable } from '@fluent/bundle';
import type { Letter } from '../mail.js';
import { LANGUAGES, type Language } from './languages.js';
import { layoutHtml, layoutText } from './layout.js';
import { negotiateLanguage } from './negotiate-language.js';
import { newDeviceLogin, passwordChanged, postVerify } from './notice-templates.js';
import { oneLine } from './one-line.js';
import type { Template } from './template.js';
import type { TemplateName } from './values.js';
import { verify, verifyLogin, verifyLoginCode, verifyShortCode } from './verification-templates.js';

export const TEMPLATES: { readonly [N in TemplateName]: Template<N> } = {
  verify,
  verifyShortCode,
  verifyLogin,
  verifyLoginCode,
  newDeviceLogin,
  postVerify,
  passwordChanged,
};

/** What all mails say about the server that sends them. */
export interface Site {
  /** No trailing slash. */
  readonly publicUrl: string;
  readonly siteName: string;
}

/** A mail written out, without its addresses. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Words = (message: string, attribute?: string) => string;

/** Writes a letter out in the reader's language: subject, text and HTML part, and headers for machines (auth-api §8). */
export function renderLetter<N extends TemplateName>(letter: Letter<N>, site: Site): RenderedMail {
  const template: Template<N> = TEMPLATES[letter.template];
  const language = negotiateLanguage(letter.locale, LANGUAGES);
  const { service, uid, values } = letter;
  const content = template.compose({ uid, service, values, link: linksTo(site.publicUrl) });
  const words = wordsOf(language, site, content);
  const own = (attribute: string): string => words(letter.template, attribute);

  const subject = oneLine(own('subject'));
  const layout = {
    language: language.tag,
    direction: language.direction,
    siteName: site.siteName,
    subject,
    heading: own('heading'),
    intro: own('intro'),
    code: content.code,
    action:
      content.action === undefined
        ? undefined
        : { label: own('action'), fallback: words('link-fallback'), url: content.action },
    details: [content.device && words('device'), content.time && words('time')].filter(
      (line) => typeof line === 'string',
    ),
    note: own('note'),
    footer: words('footer'),
  };
  return {
    subject,
    text: layoutText(layout),
    html: layoutHtml(layout),
    headers: cleanHeaders({
      'X-Template-Name': letter.template,
      'X-Template-Version': String(template.version),
      'X-Uid': uid,
      'X-Service-ID': service,
      'X-Link': content.action,
      ...content.headers,
      'Content-Language': language.tag,
      // RFC 3834 §5: no vacation notice shall answer this.
      'Auto-Submitted': 'auto-generated',
    }),
  };
}

function wordsOf(
  language: Language,
  site: Site,
  content: { device?: string | undefined; time?: number | undefined },
): Words {
  const variables: Record<string, FluentVariable> = { site: site.siteName, host: new URL(site.publicUrl).host };
  if (content.device !== undefined) variables['device'] = oneLine(content.device);
  if (content.time !== undefined) {
    variables['time'] = new FluentDateTime(content.time, {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      timeZone: 'UTC',
      timeZoneName: 'short',
    });
  }
  return (name, attribute) => {
    const message = language.bundle.getMessage(name);
    const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
    if (pattern === undefined || pattern === null)
      throw new Error(`${language.tag} has no words for ${name}.${attribute}`);
    return language.bundle.formatPattern(pattern, variables);
  };
}

function linksTo(publicUrl: string) {
  return (path: string, query: Readonly<Record<string, string | undefined>> = {}): string => {
    const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
    const search = new URLSearchParams(given).toString();
    return `${publicUrl}${path}${search && `?${search}`}`;
  };
}

function cleanHeaders(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const line = oneLine(value ?? '');
    if (line !== '') clean[name] = line;
  }
  return clean;
}
