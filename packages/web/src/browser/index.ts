/** What only a flow needs that a browser has begun: loaded for it alone (bug 1577690; webchannel §3 to §5). */
import { resource as english } from '../messages/en/browser.ftl';

export { beginBrowserFlow } from './begin-browser-flow.js';
export const messages = { name: 'browser', english };
