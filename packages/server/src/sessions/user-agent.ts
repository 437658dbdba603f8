/** What a User-Agent header says, as far as people need it to recognise a device (auth-api §0). */
export interface UserAgent {
  readonly uaBrowser: string | null;
  readonly uaBrowserVersion: string | null;
  readonly uaOS: string | null;
  readonly uaOSVersion: string | null;
  readonly uaDeviceType: string | null;
  readonly uaFormFactor: string | null;
}

const NOTHING: UserAgent = {
  uaBrowser: null,
  uaBrowserVersion: null,
  uaOS: null,
  uaOSVersion: null,
  uaDeviceType: null,
  uaFormFactor: null,
};

/** Name → pattern with the version as its group. First match wins, so what imitates another browser comes before it. */
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['Firefox', /Firefox-(?:iOS|Android)-FxA\/(\d[\d.]*)/],
  ['Firefox', /FxiOS\/(\d[\d.]*)/],
  ['Thunderbird', /Thunderbird\/(\d[\d.]*)/],
  ['Firefox', /Firefox\/(\d[\d.]*)/],
  ['Edge', /Edg(?:e|A|iOS)?\/(\d[\d.]*)/],
  ['Opera', /OPR\/(\d[\d.]*)/],
  ['Chrome', /(?:Chrome|Chromium|CriOS)\/(\d[\d.]*)/],
  ['Safari', /Version\/(\d[\d.]*).*Safari\//],
];

const SYSTEMS: readonly (readonly [string, RegExp, 'desktop' | 'mobile'])[] = [
  ['iOS', /(?:iPhone|iPad)(?:.*? OS (\d[\d_]*))?|Firefox-iOS-FxA/, 'mobile'],
  ['Android', /Android(?: (\d[\d.]*))?/, 'mobile'],
  ['Windows', /Windows NT (\d[\d.]*)|Windows/, 'desktop'],
  ['Mac OS X', /Mac(?:intosh)?.*? OS X (\d[\d._]*)|Macintosh/, 'desktop'],
  ['Chrome OS', /CrOS \S+ (\d[\d.]*)/, 'desktop'],
  ['Linux', /Linux()/, 'desktop'],
];

/** Parses a User-Agent header. Unknown agents give nulls; the header is read up to 512 characters. */
export function parseUserAgent(header: string): UserAgent {
  const text = header.slice(0, 512);
  const browser = firstMatch(BROWSERS, text);
  const system = firstMatch(SYSTEMS, text);
  if (browser === undefined && system === undefined) return NOTHING;
  const mobile = system?.entry[2] === 'mobile';
  const tablet = /iPad|Tablet/.test(text);
  return {
    uaBrowser: browser?.entry[0] ?? null,
    uaBrowserVersion: browser?.version ?? null,
    uaOS: system?.entry[0] ?? null,
    uaOSVersion: system?.version?.replaceAll('_', '.') ?? null,
    uaDeviceType: mobile ? (tablet ? 'tablet' : 'mobile') : null,
    uaFormFactor: tablet ? (/iPad/.test(text) ? 'iPad' : 'Tablet') : null,
  };
}

function firstMatch<E extends readonly [string, RegExp, ...unknown[]]>(
  table: readonly E[],
  text: string,
): { entry: E; version: string | null } | undefined {
  for (const entry of table) {
    const match = entry[1].exec(text);
    if (match !== null) return { entry, version: match[1] || null };
  }
  return undefined;
}

/** A device in words, for mails and lists: `Firefox on Linux`, `Firefox`, or undefined when nothing is known. */
export function describeUserAgent(agent: UserAgent): string | undefined {
  if (agent.uaBrowser !== null && agent.uaOS !== null) return `${agent.uaBrowser} on ${agent.uaOS}`;
  return agent.uaBrowser ?? agent.uaOS ?? undefined;
}
