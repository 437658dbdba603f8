/** An address to listen on. `host` is written without brackets; port 0 lets the system choose. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Every setting, checked and with its default filled in. It holds no server secret; URLs may hold passwords. */
export interface Config {
  readonly listen: ListenAddress;
  /** Where clients reach the server; no trailing slash. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** `sqlite:<path>`, `sqlite::memory:` or `postgres://…`. */
  readonly databaseUrl: string;
  readonly secretFile: string;
  /** `smtp://…` or `smtps://…`; null keeps mail on this machine. */
  readonly smtpUrl: string | null;
  /** `address` or `Name <address>`. */
  readonly mailFrom: string;
  /** Where the development mailbox is served; null: not at all. */
  readonly mailboxListen: ListenAddress | null;
  /** Whether an address that is not proven yet is reminded of. */
  readonly verificationReminders: boolean;
  readonly rateLimits: boolean;
  /** Addresses and CIDR blocks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** How a Hawk request is checked: by its token id alone, or by its MAC too. */
  readonly hawkCheck: 'id' | 'mac';
  /** When a sign-in must be confirmed by email: where risk or keys ask for it, or always. */
  readonly confirmSignIn: 'risky' | 'always';
  /** Whether the routes answer that only older clients call. */
  readonly legacyRoutes: boolean;
  /** Whether answers to people who are not signed in hide which addresses have accounts. */
  readonly hideAccounts: boolean;
  /** Where services hear of what happens to accounts, as signed events. */
  readonly notifyUrls: readonly string[];
  /** Whether sign-ins to addresses that begin with `block` need an unblock code; for tests of clients. */
  readonly blockTestAddresses: boolean;
  /** Ids of OAuth clients that get no new codes and tokens for now; hex, 16 digits, lower case. */
  readonly disabledClients: readonly string[];
  /** Origins that push messages may be sent to, beside the public push services. */
  readonly pushOrigins: readonly string[];
  readonly siteName: string;
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent';
}
