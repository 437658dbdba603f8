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
  /** Whether Sync is served beside the accounts. */
  readonly sync: boolean;
  /** `sqlite:<folder>`, `sqlite::memory:` or `postgres://…`. */
  readonly syncDatabaseUrl: string;
  /** Signs the tokens of Sync; null derives one from the server secret. */
  readonly syncMasterSecret: string | null;
  /** The accounts server that `foxden sync` asks about access tokens. */
  readonly syncAccountsUrl: string | null;
  /** After the @ of a user's name in the token server's table. */
  readonly syncEmailDomain: string;
  readonly syncNewUsers: boolean;
  /** How long a token of Sync is valid. */
  readonly syncTokenSeconds: number;
  /** What a user may keep; null: any number of megabytes. */
  readonly syncQuotaMegabytes: number | null;
  readonly syncMaxPostRecords: number;
  readonly syncMaxPostBytes: number;
  /** Whether the GraphQL API tells its schema and has a page for trying it out; for development. */
  readonly graphqlTools: boolean;
  /** Origins of pages that may use the GraphQL API, beside that of the public URL. */
  readonly graphqlOrigins: readonly string[];
  /** The file with the texts of the only operations that the GraphQL API runs; null: all that its schema allows. */
  readonly graphqlOperations: string | null;
  /** OAuth clients that may join by pairing, hex, 16 digits, lower case; null: all. */
  readonly pairingClients: readonly string[] | null;
  /** How long a channel of pairing is kept, from its beginning on. */
  readonly pairingSeconds: number;
  /** How many messages, and how many bytes in all, a channel takes. */
  readonly pairingMessages: number;
  readonly pairingBytes: number;
  /** How many channels are open at a time, in all and by one address. */
  readonly pairingChannels: number;
  readonly pairingChannelsPerAddress: number;
  readonly siteName: string;
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent';
}
