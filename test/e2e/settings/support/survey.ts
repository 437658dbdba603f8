/** What can be used on a page, in the order of the document, and what has the focus. */
export interface Survey {
  readonly heading: string;
  /** All that is written on the page. */
  readonly text: string;
  readonly things: readonly { readonly name: string; readonly isShown: boolean }[];
  /** An index of `things`; `heading` before all of them; `lost` where no key would do anything. */
  readonly focus: number | 'heading' | 'lost';
  /** What has the focus is drawn so that one sees it. */
  readonly isFocusMarked: boolean;
  readonly isFocusInView: boolean;
}

/** What can be used: the order of the document is the order of the Tab key. */
export const USABLE = 'main a[href], main button, main input';

/** Runs in the page. */
export function survey(usable: string): Survey {
  // Names are set apart from the text around them by marks of the direction of writing.
  const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2068\u2069]/g, '').trim();
  const elements = [...document.querySelectorAll<HTMLElement>(usable)];
  const things = elements.map((element) => ({
    name: plain(
      element.getAttribute('aria-label') ??
        (element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent),
    ),
    isShown: element.getClientRects().length > 0,
  }));
  const active = document.activeElement;
  const index = active instanceof HTMLElement ? elements.indexOf(active) : -1;
  const style = active === null ? undefined : getComputedStyle(active);
  const box = active?.getBoundingClientRect();
  return {
    heading: plain(document.querySelector('h1')?.textContent),
    text: plain(document.querySelector('main')?.textContent),
    things,
    focus: index >= 0 ? index : active?.tagName === 'H1' ? 'heading' : 'lost',
    isFocusMarked:
      active?.matches(':focus-visible') === true &&
      style?.outlineStyle === 'solid' &&
      Number.parseFloat(style.outlineWidth) >= 2,
    isFocusInView: box !== undefined && box.bottom > 0 && box.top < window.innerHeight,
  };
}
