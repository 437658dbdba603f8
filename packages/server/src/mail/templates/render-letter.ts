import { FluentDateTime, type FluentVariable } from '@fluent/bundle';
import { negotiateLanguage } from '../../languages/index.js';
import type { Letter } from '../mail.js';
import { LANGUAGES, type Language, type Languages } from './languages.js';
import { layoutHtml, layoutText } from './layout.js';
import { oneLine } from './one-line.js';
import type { Template, TemplateContent } from './template.js';
import { TEMPLATES } from './templates.js';
import type { TemplateName } from './values.js';

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

/**
 * Writes a letter out in the reader's language, or in the first one where that has no words for it: subject, text and
 * HTML part, and headers for machines (auth-api §8).
 */
export function renderLetter<N extends TemplateName>(
  letter: Letter<N>,
  site: Site,
  languages: Languages = LANGUAGES,
): RenderedMail {
  const template: Template<N> = TEMPLATES[letter.template];
  const wanted = negotiateLanguage(letter.locale, languages);
  const language = wanted.bundle.hasMessage(letter.template) ? wanted : languages[0];
  const { service, uid, values } = letter;
  const content = template.compose({ uid, service, values, link: linksTo(site.publicUrl) });
  const words = wordsOf([language, languages[0]], site, content);
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
    details: (['email', 'device', 'time'] as const)
      .filter((detail) => content[detail] !== undefined)
      .map((detail) => words(detail)),
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

function wordsOf(languages: readonly Language[], site: Site, content: TemplateContent): Words {
  const { host } = new URL(site.publicUrl);
  const variables: Record<string, FluentVariable> = { site: site.siteName, host, ...content.variables };
  if (content.email !== undefined) variables['email'] = oneLine(content.email);
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
    for (const { bundle } of languages) {
      const message = bundle.getMessage(name);
      const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
      if (pattern !== undefined && pattern !== null) return bundle.formatPattern(pattern, variables);
    }
    throw new Error(`There are no words for ${name}.${attribute}`);
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
