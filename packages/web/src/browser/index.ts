/** What only a page needs that a browser has opened: loaded for it alone (bug 1577690; webchannel §3 to §5, §9.5). */
import { resource as english } from '../messages/en/browser.ftl';

export { beginBrowserFlow } from './begin-browser-flow.js';
export { beginBrowserSettings } from './begin-browser-settings.js';
export const messages = { name: 'browser', english };
