import { readFileSync } from 'node:fs';

const path = new URL('../../../../test/fixtures/vectors/in-app-auth-scenarios.json', import.meta.url);

type Json = Readonly<Record<string, unknown>>;

/** A step has one of these members, by which it is told. */
export interface Step {
  readonly call?: string;
  readonly check?: string;
  readonly args?: readonly string[];
  readonly result?: boolean;
  readonly exchange?: {
    readonly request: {
      readonly to: 'accounts' | 'rp';
      readonly method: string;
      readonly path: string;
      readonly auth: 'none' | 'hawk';
      readonly bodyContains?: Json;
    };
    readonly reply?: { readonly status: number; readonly json: unknown };
    readonly networkFailure?: 'timeout' | 'connection-refused';
  };
  readonly expectState?: string;
  readonly expectStateUnchanged?: string;
  readonly expectError?: { readonly name: string; readonly retryAfterSec: number };
  readonly expectFailed?: string;
  readonly expectCompleted?: { readonly token: string };
  readonly expectReauthenticated?: true;
  readonly expectTerminated?: true;
  readonly expectAborted?: true;
  readonly expectAccountDeleted?: true;
  readonly expectAttachedClients?: readonly string[];
  readonly expectFallback?: { readonly email: string };
  readonly note?: string;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly origin: string;
  readonly flow: 'default' | 'accountDeletion' | 'reauthentication';
  readonly options: { readonly accountCreation: boolean };
  readonly startEmail?: string;
  readonly extension?: true;
  readonly referenceDiffers?: string;
  readonly steps: readonly Step[];
}

interface HawkVector {
  readonly method: string;
  readonly url: string;
  readonly ts: number;
  readonly nonce: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly header: string;
}

export const vectors = JSON.parse(readFileSync(path, 'utf8')) as {
  readonly bootstrap: { readonly fxa_oauth: { readonly params: Readonly<Record<string, string>> } };
  readonly scenarios: readonly Scenario[];
  readonly states: readonly string[];
  readonly errors: readonly string[];
  readonly validation: {
    readonly email: readonly { readonly input: string; readonly valid: boolean }[];
    readonly passwordLength: readonly (readonly [string, boolean])[];
    readonly passwordCommons: readonly (readonly [string, boolean])[];
    readonly passwordEmail: readonly { readonly email: string; readonly password: string; readonly valid: boolean }[];
    readonly incrementalDecoder: readonly {
      readonly buffer: string;
      readonly input: string;
      readonly result: string;
    }[];
  };
  readonly crypto: {
    readonly authPW: readonly { readonly email: string; readonly password: string; readonly authPW: string }[];
    readonly hawk: {
      readonly sessionToken: string;
      readonly tokenId: string;
      readonly reqHMACkey: string;
      readonly requests: readonly HawkVector[];
    };
    readonly pkce: {
      readonly verifier: string;
      readonly challengePadded: string;
      readonly challengeUnpadded: string;
    };
  };
};
