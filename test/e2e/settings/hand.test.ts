import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, withoutChromium } from '../support/chromium.js';
import { chromiumDriver } from './support/chromium-driver.js';
import { byKeyboard } from './support/hand.js';

describe.skipIf(withoutChromium)('a walk by the keyboard', () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  const STYLE = '<style>:focus-visible { outline: 3px solid }</style>';
  const BUTTONS = '<h1 tabindex="-1">x</h1><button>One</button> <button>Two</button> <button>Three</button>';
  async function show(content: string) {
    await page.setContent(`<main>${content}</main>`);
    await page.evaluate(() => document.querySelector('h1')?.focus());
    return byKeyboard(chromiumDriver(page));
  }

  it('uses what it has reached, forwards and backwards', async () => {
    const hand = await show(`${STYLE}${BUTTONS}`);
    await page.evaluate(() => {
      document.body.addEventListener('click', ({ target }) => {
        document.body.append((target as Element).textContent ?? '');
      });
    });
    await hand.press('Three');
    await hand.press('One');
    expect(await page.textContent('body')).toMatch(/ThreeOne$/);
  });

  it.each([
    ['the focus is not seen', `<style>* { outline: none }</style>${BUTTONS}`, 'is not seen'],
    [
      'a key does not reach it',
      `${STYLE}<h1 tabindex="-1">x</h1><button tabindex="-1">Two</button><button>Z</button>`,
      'passes by',
    ],
    ['the focus is lost', `${STYLE}<h1>x</h1>${BUTTONS.replace(/<h1.*<\/h1>/, '')}`, 'the focus is lost'],
  ])('fails where %s', async (_, content, words) => {
    const hand = await show(content);
    await expect(hand.press('Two')).rejects.toThrow(words);
  });
});
