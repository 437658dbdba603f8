import { openPageChannel, type PageChannel } from '@foxden/webchannel';

/** The channel to the browser that shows this page; undefined where none listens. */
export function openChannel(window: Window): PageChannel | undefined {
  return openPageChannel({
    target: window,
    userAgent: window.navigator.userAgent,
    now: Date.now,
    after(milliseconds, callback) {
      const timer = window.setTimeout(callback, milliseconds);
      return () => window.clearTimeout(timer);
    },
  });
}
