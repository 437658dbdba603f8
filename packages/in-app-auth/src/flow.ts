import { type AuthClient, destroySession } from '@foxden/auth-client';
import { bytesToBase64url } from '@foxden/protocol';
import type { FlowType } from './machine/states.js';
import type { AuthorizationParams, Beginning } from './relying-party/relying-party.js';
import type { Person } from './requests/sign-in.js';

/** What one flow knows, from its start to its end. */
export interface Flow {
  readonly type: FlowType;
  readonly codeVerifier: string;
  /** Ends the requests that can be ended without leaving something behind. */
  readonly controller: AbortController;
  /** Sessions on their way out; the flow is over when they are gone. */
  readonly cleanup: Promise<void>[];
  codeChallenge: string;
  params: AuthorizationParams | undefined;
  person: Person;
  /** What is typed last of the codes. */
  code: string;
  /** hex, 64 digits */
  sessionToken: string | undefined;
  attachedClients: readonly string[];
  browserUrl: string;
  /** The code that a browser came back with, for the relying party. */
  browserCode: string | undefined;
  isNewAccount: boolean;
  isDeleted: boolean;
  /** Decided; answers that still come in make no difference. */
  isEnding: boolean;
}

export const NOBODY: Person = { email: '', password: '' };

export function createFlow(client: AuthClient, type: FlowType, email: string): Flow {
  return {
    type,
    // 96 bytes are 128 characters, the most that RFC 7636 §4.1 allows.
    codeVerifier: bytesToBase64url(client.random(96)),
    controller: new AbortController(),
    cleanup: [],
    codeChallenge: '',
    params: undefined,
    person: { ...NOBODY, email },
    code: '',
    sessionToken: undefined,
    attachedClients: [],
    browserUrl: '',
    browserCode: undefined,
    isNewAccount: false,
    isDeleted: false,
    isEnding: false,
  };
}

/** The address as it is shown and asked for: what was typed, in lower case. */
export function addressOf({ person }: Flow): string {
  return (person.originalLoginEmail ?? person.email).toLowerCase();
}

export function beginningOf(flow: Flow): Beginning {
  const email = addressOf(flow);
  return {
    codeChallenge: flow.codeChallenge,
    signal: flow.controller.signal,
    ...(email !== '' && { email }),
  };
}

/** @throws TypeError before the relying party said what to ask for */
export function paramsOf({ params }: Flow): AuthorizationParams {
  if (params === undefined) throw new TypeError('the flow has not begun');
  return params;
}

/** @throws TypeError when nobody is signed in */
export function sessionOf({ sessionToken }: Flow): string {
  if (sessionToken === undefined) throw new TypeError('the flow has no session');
  return sessionToken;
}

/** Signs out what the flow signed in. Whether the server agrees makes no difference: an unknown session is gone too. */
export function dropSession(client: AuthClient, flow: Flow): void {
  const { sessionToken } = flow;
  if (sessionToken === undefined) return;
  flow.sessionToken = undefined;
  flow.cleanup.push(destroySession(client, sessionToken).catch(() => undefined));
}
