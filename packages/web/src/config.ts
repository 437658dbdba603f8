/** What the server tells the pages about itself, in `<meta name="foxden-config">`. */
export interface PageConfig {
  readonly siteName: string;
  /** Nobody is told which addresses have accounts, so people choose between signing in and signing up. */
  readonly hideAccounts: boolean;
}

const defaults: PageConfig = { siteName: 'Foxden', hideAccounts: false };

/** Reads the configuration; what is missing or malformed is as in a server without any. */
export function readConfig(document: Document): PageConfig {
  const content = document.querySelector<HTMLMetaElement>('meta[name="foxden-config"]')?.content ?? '';
  const { siteName, hideAccounts } = parseObject(content);
  return {
    siteName: typeof siteName === 'string' && siteName !== '' ? siteName : defaults.siteName,
    hideAccounts: hideAccounts === true,
  };
}

function parseObject(text: string): Readonly<Partial<Record<keyof PageConfig, unknown>>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
