/** What the server tells the pages about itself, in `<meta name="foxden-config">`. */
export interface PageConfig {
  readonly siteName: string;
  /** Nobody is told which addresses have accounts, so people choose between signing in and signing up. */
  readonly hideAccounts: boolean;
  /** The name of the server in answers to applications (RFC 9207); empty where it is not told. */
  readonly issuer: string;
  /** Where devices that pair meet (`wss://…`, without path `/v1/ws/`); empty where it is not told. */
  readonly pairingServer: string;
  /** Applications that may be signed in to by pairing, by client_id; undefined: all. */
  readonly pairingClients: readonly string[] | undefined;
}

const defaults: PageConfig = {
  siteName: 'Foxden',
  hideAccounts: false,
  issuer: '',
  pairingServer: '',
  pairingClients: undefined,
};

/** Reads the configuration; what is missing or malformed is as in a server without any. */
export function readConfig(document: Document): PageConfig {
  const content = document.querySelector<HTMLMetaElement>('meta[name="foxden-config"]')?.content ?? '';
  const { siteName, hideAccounts, issuer, pairingServer, pairingClients } = parseObject(content);
  return {
    siteName: typeof siteName === 'string' && siteName !== '' ? siteName : defaults.siteName,
    hideAccounts: hideAccounts === true,
    issuer: typeof issuer === 'string' ? issuer : defaults.issuer,
    pairingServer: typeof pairingServer === 'string' ? pairingServer : defaults.pairingServer,
    pairingClients: Array.isArray(pairingClients) ? pairingClients.map(String) : defaults.pairingClients,
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
