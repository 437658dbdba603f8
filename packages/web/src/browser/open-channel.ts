import { openPageChannel, type PageChannel } from '@foxden/webchannel';
import type { After } from '../timers.js';

/** The channel to the browser that shows this page; undefined where none listens. */
export function openChannel(window: Window, after: After): PageChannel | undefined {
  return openPageChannel({
    target: window,
    userAgent: window.navigator.userAgent,
    now: Date.now,
    after,
  });
}
