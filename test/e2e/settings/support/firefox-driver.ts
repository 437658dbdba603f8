import type { Firefox } from '../../firefox/support/firefox.js';
import type { Key, PageDriver } from './page-driver.js';

/** Keys that are no letters, as WebDriver writes them (§17.4.2). */
const KEYS: Readonly<Record<Key, readonly string[]>> = {
  Tab: ['\uE004'],
  'Shift+Tab': ['\uE008', '\uE004'],
  Enter: ['\uE006'],
  Space: [' '],
  ArrowDown: ['\uE015'],
  ArrowUp: ['\uE013'],
  'Control+a': ['\uE009', 'a'],
};

/** The page in a stock Firefox. */
export function firefoxDriver(firefox: Firefox): PageDriver {
  return {
    open: firefox.open,
    inPage: firefox.inPage,
    press: (key) => firefox.press([KEYS[key]]),
    type: (text) => firefox.press([...text].map((letter) => [letter])),
    click: (selector, index) => firefox.click(selector, index),
    // The dialog is the system's own, so the file is given as WebDriver gives it: without.
    attach: (selector, index, path) => firefox.type(selector, path, index),
  };
}
