/** Reads the code that a browser shows, since a test has no camera. */
import { until } from '../../support/until.js';
import type { Firefox } from './firefox.js';

interface PairingFlow {
  start(options: object): Promise<string>;
  /** What its last code says, noted by the test. */
  shown?: string;
}
declare const ChromeUtils: { importESModule(url: string): { readonly FxAccountsPairingFlow: PairingFlow } };

/** From now on, notes what the codes say that the dialog of a browser shows. */
export function noteCodes(firefox: Firefox): Promise<void> {
  return firefox.inBrowser(() => {
    const { FxAccountsPairingFlow: flow } = ChromeUtils.importESModule(
      'resource://gre/modules/FxAccountsPairing.sys.mjs',
    );
    const { start } = flow;
    flow.start = async (options) => {
      const url = await start.call(flow, options);
      flow.shown = url;
      return url;
    };
  });
}

/** The address in the code that is shown; it is there a moment after the dialog is. */
export function shownCode(firefox: Firefox): Promise<string> {
  return until('a code', () =>
    firefox
      .inBrowser(() => {
        const modules = ChromeUtils.importESModule('resource://gre/modules/FxAccountsPairing.sys.mjs');
        return modules.FxAccountsPairingFlow.shown ?? null;
      })
      .then((url) => url ?? undefined),
  );
}
