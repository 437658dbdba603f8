/** Languages that people ask for: RFC 9110 §12.5.4. What others may use: reading and answering `Accept-Language`. */
export { negotiateLanguage } from './negotiate-language.js';
export { preferredLanguages } from './preferred-languages.js';
