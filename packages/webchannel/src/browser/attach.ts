import { WEBCHANNEL_TO_BROWSER, WEBCHANNEL_TO_PAGE } from '@foxden/protocol';
import type { BrowserEnd } from './browser-end.js';

/** The document that the browser's end listens to, from a script of the browser's own. */
export interface PageWindow extends EventTarget {
  readonly location: { readonly origin: string };
}

export interface AttachOptions {
  readonly isPrivate?: boolean | undefined;
  /** How answers are written: desktop browsers hand over objects, Firefox for iOS text. */
  readonly answerAs?: 'object' | 'text' | undefined;
}

/**
 * Listens to the page of a window and answers it, on the node that spoke; gives what ends that (webchannel §1.1). For a
 * preload script, an injected script, or a test: where messages travel further, use {@link BrowserEnd.receive}.
 */
export function attachToWindow(
  window: PageWindow,
  end: BrowserEnd,
  { isPrivate = false, answerAs = 'object' }: AttachOptions = {},
): () => void {
  const listen = (event: Event) => {
    const node = event.target ?? window;
    const { origin } = window.location;
    const reply = (envelope: object) => {
      const detail = answerAs === 'text' ? JSON.stringify(envelope) : envelope;
      node.dispatchEvent(new CustomEvent(WEBCHANNEL_TO_PAGE, { detail }));
    };
    void end.receive((event as CustomEvent).detail, { origin, isPrivate, reply });
  };
  window.addEventListener(WEBCHANNEL_TO_BROWSER, listen);
  return () => window.removeEventListener(WEBCHANNEL_TO_BROWSER, listen);
}
