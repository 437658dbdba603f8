/** What services are told about an account, by name (auth-api §9), and what each event says beside the uid. */
export interface EventDetails {
  readonly login: { readonly service?: string | undefined; readonly email: string; readonly deviceCount: number } & {
    readonly userAgent: string;
  };
  /** The account is verified for the first time. */
  readonly verified: { readonly locale: string | null };
  /** `generation`: verifierSetAt, milliseconds. What was signed before it is signed out. */
  readonly reset: { readonly generation: number };
  readonly passwordChange: { readonly generation: number };
  readonly primaryEmailChanged: { readonly email: string };
  readonly profileDataChange: Readonly<Record<string, never>>;
  readonly delete: Readonly<Record<string, never>>;
}

export type EventName = keyof EventDetails;

/** Something that happened to an account and that services are told. */
export interface AccountEvent<N extends EventName = EventName> {
  readonly name: N;
  /** hex, 32 digits */
  readonly uid: string;
  readonly details: EventDetails[N];
}

const OWN = 'urn:foxden:event:';
const FXA = 'https://schemas.accounts.firefox.com/event/';

/** What relying parties of FxA already understand, beside the names of our own: one event may be told in several ways. */
const FXA_EVENTS: Readonly<Partial<Record<EventName, string>>> = {
  reset: 'password-change',
  passwordChange: 'password-change',
  primaryEmailChanged: 'profile-change',
  profileDataChange: 'profile-change',
  delete: 'delete-user',
};

/** The `events` claim of the token that tells an event (RFC 8417 §2.2). */
export function eventsClaim(name: string, details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const alias = FXA_EVENTS[name as EventName];
  const { generation } = details;
  return {
    [OWN + name]: details,
    ...(alias !== undefined && {
      [FXA + alias]: alias === 'password-change' ? { changeTime: generation } : details,
    }),
  };
}
