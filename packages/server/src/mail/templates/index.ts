/** The mails themselves: auth-api §8. A letter and its template become subject, text, HTML and headers. */
export { type RenderedMail, renderLetter, type Site } from './render-letter.js';
export type { TemplateName, TemplateValues } from './values.js';
