import {
  accountEmails,
  accountGet,
  accountLocale,
  accountMetricsOpt,
  type ResponseOf,
  securityEvents,
} from '@foxden/protocol';
import type { AuthClient } from './client.js';

/** What settings show of an account: addresses, second factors, recovery key, choices (auth-api §6.1 `/account`). */
export function getAccount(
  client: AuthClient,
  sessionToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof accountGet>> {
  return client.call(accountGet, { token: { sessionToken }, signal });
}

/** The address of sign-up, which version 1 credentials are salted with, and the primary one (auth-api §6.1). */
export function getAccountEmails(
  client: AuthClient,
  sessionToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof accountEmails>> {
  return client.call(accountEmails, { token: { sessionToken }, signal });
}

/** What happened to the account lately, newest first (auth-api §6.13). */
export function getSecurityEvents(
  client: AuthClient,
  sessionToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof securityEvents>> {
  return client.call(securityEvents, { token: { sessionToken }, signal });
}

/** Allows (`in`) or refuses (`out`) the collection of usage data. */
export async function chooseMetrics(
  client: AuthClient,
  sessionToken: string,
  state: 'in' | 'out',
  signal?: AbortSignal,
): Promise<void> {
  await client.call(accountMetricsOpt, { token: { sessionToken }, body: { state }, signal });
}

/** Chooses the language of mails to the account: languages as in `Accept-Language`, the best first. */
export async function setLocale(
  client: AuthClient,
  sessionToken: string,
  locale: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(accountLocale, { token: { sessionToken }, body: { locale }, signal });
}
