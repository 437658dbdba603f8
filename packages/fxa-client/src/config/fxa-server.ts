/** The accounts server to use (client §1.1); `Custom` by the address of its pages. */
export type FxaServer = 'Release' | 'Stable' | 'Stage' | 'China' | 'LocalDev' | { readonly Custom: string };

const CONTENT_URLS = {
  Release: 'https://accounts.firefox.com',
  Stable: 'https://stable.dev.lcip.org',
  Stage: 'https://accounts.stage.mozaws.net',
  // The servers in China were joined with the others in 2025.
  China: 'https://accounts.firefox.com',
  LocalDev: 'http://127.0.0.1:3030',
} as const;
const FORMERLY_CHINA = 'https://accounts.firefox.com.cn';

/** The address of a server's pages. */
export function contentUrl(server: FxaServer): string {
  return typeof server === 'string' ? CONTENT_URLS[server] : server.Custom;
}

/**
 * The server behind an address, by its origin (client §1.1).
 * @throws TypeError when it is no URL
 */
export function serverFromUrl(url: string): FxaServer {
  const { origin } = new URL(url);
  if (origin === FORMERLY_CHINA) return 'Release';
  for (const server of ['Release', 'Stable', 'Stage', 'LocalDev'] as const) {
    if (CONTENT_URLS[server] === origin) return server;
  }
  return { Custom: origin };
}

/** Whether a content URL is that of a server; one slash at the end makes no difference. */
export function isServer(url: string, server: FxaServer): boolean {
  return url.replace(/\/$/, '') === contentUrl(server).replace(/\/$/, '');
}
