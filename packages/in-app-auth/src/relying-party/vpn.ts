import { AuthClientError } from '@foxden/auth-client';
import { FlowFailure, failureOfStatus } from '../machine/read-failure.js';
import type { AuthorizationParams, MetricsContext, RelyingParty } from './relying-party.js';

export interface VpnOptions {
  /** URL of its API: `https://vpn.example.org/api/v2/vpn` */
  readonly baseUrl: string;
  readonly platform: 'ios' | 'macos' | 'linux' | 'android' | 'windows' | 'dummy';
  /** Goes into the sign-in as `user_agent`. */
  readonly userAgent: string;
  /** The platform's `fetch` when left out. */
  readonly fetch?: typeof fetch;
  /** How long an answer may take, in milliseconds; 15 seconds when left out. */
  readonly timeout?: number;
}

/** What the VPN's server gives an application for its code. */
export interface VpnSession {
  readonly user: Readonly<Record<string, unknown>>;
  /** The application's bearer token there. */
  readonly token: string;
}

/**
 * A server that holds the client secret and checks the PKCE pair itself, as Mozilla VPN's does (in-app-auth §4: B1, B2,
 * B3). It takes the challenge with padding.
 */
export function vpnServer(options: VpnOptions): RelyingParty<VpnSession> {
  const { platform, userAgent } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const loginUrl = (codeChallenge: string, email: string | undefined): URL => {
    const url = new URL(`${baseUrl}/login/${platform}`);
    url.searchParams.set('code_challenge', `${codeChallenge}=`);
    url.searchParams.set('code_challenge_method', 'S256');
    url.searchParams.set('user_agent', userAgent);
    if (email !== undefined) url.searchParams.set('email', email);
    return url;
  };
  return {
    async begin({ codeChallenge, email, signal }) {
      return readParams(await requestJson(options, loginUrl(codeChallenge, email).href, { signal }));
    },
    async finish({ redirect }, _, signal) {
      const { code } = await requestJson(options, redirect, { signal });
      if (typeof code !== 'string') throw new FlowFailure('AuthenticationError', 'The relying party gave no code');
      return code;
    },
    async exchange(code, codeVerifier, signal) {
      const body = JSON.stringify({ code, code_verifier: codeVerifier });
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, signal };
      const { user, token } = await requestJson(options, `${baseUrl}/login/verify`, init);
      if (!isObject(user) || typeof token !== 'string') {
        throw new FlowFailure('RemoteServiceError', 'The relying party gave no user or no token');
      }
      return { user, token };
    },
    browserUrl: ({ codeChallenge, email }) => loginUrl(codeChallenge, email).href,
    readReturn(url) {
      const code = URL.canParse(url) ? new URL(url).searchParams.get('code') : null;
      if (code === null) throw new FlowFailure('AuthenticationError', 'The browser came back without a code');
      return code;
    },
  };
}

function readParams({ fxa_oauth: oauth }: JsonObject): AuthorizationParams {
  const params = isObject(oauth) && isObject(oauth['params']) ? oauth['params'] : {};
  const text = (name: string): string => {
    const value = params[name];
    if (typeof value !== 'string') throw new FlowFailure('AuthenticationError', `The relying party gave no ${name}`);
    return value;
  };
  const access = text('access_type');
  return {
    clientId: text('client_id'),
    state: text('state'),
    scope: text('scope'),
    accessType: access === 'offline' ? 'offline' : 'online',
    metricsContext: readMetrics(text('device_id'), text('flow_id'), params['flow_begin_time']),
  };
}

/** The time arrives as text or as a number. */
function readMetrics(deviceId: string, flowId: string, beginTime: unknown): MetricsContext {
  const flowBeginTime = Number(beginTime ?? Number.NaN);
  if (Number.isNaN(flowBeginTime))
    throw new FlowFailure('AuthenticationError', 'The relying party gave no flow_begin_time');
  return { deviceId, flowId, flowBeginTime };
}

type JsonObject = Readonly<Record<string, unknown>>;

/** @throws FlowFailure on a refusal, AuthClientError when nothing of use answers */
async function requestJson(
  options: VpnOptions,
  url: string,
  init: RequestInit & { signal: AbortSignal },
): Promise<JsonObject> {
  const late = AbortSignal.timeout(options.timeout ?? 15_000);
  let response: Response;
  let text: string;
  try {
    const send = options.fetch ?? fetch;
    response = await send(url, { ...init, signal: AbortSignal.any([init.signal, late]) });
    text = await response.text();
  } catch (cause) {
    if (cause instanceof AuthClientError) throw cause;
    const kind = init.signal.aborted ? 'aborted' : late.aborted ? 'timeout' : 'network';
    throw new AuthClientError({ kind, message: 'The relying party cannot be reached', cause });
  }
  if (new URL(url).protocol === 'https:' && response.url.startsWith('http:')) {
    throw new FlowFailure('ConnectionFailureError', 'The relying party led from https to http');
  }
  const body = parseObject(text);
  if (response.status === 200 && body !== undefined) return body;
  const failure =
    response.status === 200 || body !== undefined ? 'AuthenticationError' : failureOfStatus(response.status);
  throw new FlowFailure(failure, `The relying party answered with status ${response.status}`);
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
