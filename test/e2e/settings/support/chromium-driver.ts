import type { Page } from 'playwright-core';
import type { PageDriver } from './page-driver.js';

/** A page in Chromium. */
export function chromiumDriver(page: Page): PageDriver {
  return {
    open: async (url) => void (await page.goto(url)),
    inPage: async (run, ...args) =>
      (await page.evaluate(`(${run})(...${JSON.stringify(args)})`)) as Awaited<ReturnType<typeof run>>,
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    click: (selector, index) => page.locator(selector).nth(index).click(),
    async attach(_selector, _index, path, use) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), use()]);
      await chooser.setFiles(path);
    },
  };
}
