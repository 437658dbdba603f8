import {
  bytesToHex,
  deriveToken,
  hexToBytes,
  matchesCodeChallenge,
  SCOPE_OLDSYNC,
  SCOPE_SESSION_TOKEN,
  type ScopedKey,
  sealKeysJwe,
} from '@foxden/protocol';

export const SERVER = 'https://accounts.example.com';

/** What can go wrong with a request. `dropped`: the server did it, but its answer never arrives. */
export type Fault =
  | 'offline'
  | 'dropped'
  | {
      readonly status: number;
      readonly errno?: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    };

export interface Received {
  /** What it was for, such as `token(refresh_token)` or `GET /account/devices`. */
  readonly name: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ModelDevice {
  readonly id: string;
  name: string;
  type: string;
  availableCommands: Record<string, string>;
  push: Record<string, string>;
  refreshToken: string;
}

interface Grant {
  readonly scopes: readonly string[];
  readonly challenge: string;
  readonly keysJwk: string | null;
}

const SYNC_KEY: ScopedKey = {
  kty: 'oct',
  scope: SCOPE_OLDSYNC,
  k: 'DW_ll5GwX6SJ5GPqJVAuMUP2t6kDqhUulc2cbt26xbTcaKGQl-9l29FHAQ7kUiJETma4s9fIpEHrt909zgFang',
  kid: '1510726317123-IqQv4onc7VcVE1kTQkyyOw',
};

class Refusal extends Error {
  readonly status: number;
  readonly errno: number;
  constructor(status: number, errno: number) {
    super(`status ${status}`);
    this.status = status;
    this.errno = errno;
  }
}

/** An accounts server in memory with one account: as much of it as the client speaks to, as the reference describes it. */
export class ModelServer {
  readonly requests: Received[] = [];
  /** Refresh token → its scopes. */
  readonly refreshTokens = new Map<string, readonly string[]>();
  readonly accessTokens = new Set<string>();
  readonly sessions = new Map<string, string>();
  readonly devices: ModelDevice[] = [];
  readonly queue: { index: number; data: object; target: string }[] = [];
  /** Scopes that a token may be exchanged for. */
  exchangeable: readonly string[] = [];
  /** Scopes that may be had with a session alone. */
  mintable: (scope: string) => boolean = () => true;
  profile = { uid: 'ab'.repeat(16), email: 'ada@example.com', avatar: `${SERVER}/a.png`, avatarDefault: true };
  profileEtag: string | null = '"1"';
  syncKey: ScopedKey = SYNC_KEY;
  /** Decides about each request before it is looked at. */
  fault: (request: Received) => Fault | undefined = () => undefined;
  private readonly codes = new Map<string, Grant>();
  private readonly exchanged = new Map<string, { readonly scope: string; readonly to: string }>();
  private count = 0;

  /** The person allows what an authorization URL asks for; gives what the redirect carries. */
  authorize(oauthUrl: string): { readonly code: string; readonly state: string } {
    const query = new URL(oauthUrl).searchParams;
    const code = this.token();
    this.codes.set(code, {
      scopes: (query.get('scope') ?? '').split(' '),
      challenge: query.get('code_challenge') ?? '',
      keysJwk: query.get('keys_jwk'),
    });
    return { code, state: query.get('state') ?? '' };
  }

  async newSession(): Promise<string> {
    const session = this.token();
    this.sessions.set((await deriveToken('sessionToken', hexToBytes(session))).tokenId, session);
    return session;
  }

  newRefreshToken(...scopes: readonly string[]): string {
    const token = this.token();
    this.refreshTokens.set(token, scopes);
    return token;
  }

  /** The password was changed elsewhere, or the application was disconnected: all that it holds has ended. */
  revokeEverything(): void {
    this.refreshTokens.clear();
    this.accessTokens.clear();
    this.sessions.clear();
    this.devices.length = 0;
  }

  names(): string[] {
    return this.requests.map(({ name }) => name).filter((name) => !name.includes('.well-known'));
  }

  readonly fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input));
    const body = JSON.parse(typeof init.body === 'string' ? init.body : '{}') as Received['body'];
    const request = { name: nameOf(init.method ?? 'GET', url, body), url, headers: new Headers(init.headers), body };
    this.requests.push(request);
    const fault = url.pathname.startsWith('/.well-known/') ? undefined : this.fault(request);
    if (fault === 'offline') throw new TypeError('fetch failed');
    if (fault !== undefined && fault !== 'dropped') return errorAnswer(fault);
    const response = await this.answer(request);
    if (fault === 'dropped') throw new TypeError('fetch failed');
    return response;
  };

  private async answer(request: Received): Promise<Response> {
    try {
      const answer = await this.route(request);
      return answer instanceof Response ? answer : Response.json(answer);
    } catch (error) {
      if (error instanceof Refusal) return errorAnswer(error);
      throw error;
    }
  }

  private async route(request: Received): Promise<unknown> {
    const { url, body } = request;
    switch (url.pathname) {
      case '/.well-known/fxa-client-configuration':
        return {
          auth_server_base_url: SERVER,
          oauth_server_base_url: SERVER,
          profile_server_base_url: SERVER,
          sync_tokenserver_base_url: `${SERVER}/token`,
        };
      case '/.well-known/openid-configuration':
        return {
          authorization_endpoint: `${SERVER}/authorization`,
          introspection_endpoint: `${SERVER}/v1/introspect`,
          issuer: SERVER,
          jwks_uri: `${SERVER}/v1/jwks`,
          token_endpoint: `${SERVER}/v1/token`,
          userinfo_endpoint: `${SERVER}/v1/profile`,
        };
      case '/v1/oauth/token':
        return this.grant(request);
      case '/v1/introspect':
        return { active: this.refreshTokens.has(String(body['token'])) };
      case '/v1/destroy':
        this.accessTokens.delete(String(body['token']));
        this.endRefreshToken(String(body['refresh_token']));
        return {};
      case '/v1/session/destroy':
        this.sessions.delete(this.sessionId(request));
        return {};
      case '/v1/profile':
        return this.profileAnswer(request);
      case '/v1/account/device':
        return this.changeDevice(request);
      case '/v1/account/devices':
        return this.devices.map((device) => ({
          ...deviceAnswer(device),
          isCurrentDevice: device.refreshToken === this.deviceToken(request),
          location: {},
          lastAccessTime: null,
        }));
      case '/v1/account/device/destroy':
        return this.destroyDevice(request);
      case '/v1/account/devices/invoke_command':
        return this.invoke(request);
      case '/v1/account/device/commands':
        return this.commands(request);
      case '/v1/account/attached_clients':
        this.sessionId(request);
        return this.devices.map(({ id, name }) => ({ deviceId: id, name, isCurrentSession: false, userAgent: '' }));
      case '/v1/account/scoped-key-data':
        this.sessionId(request);
        return { [SCOPE_OLDSYNC]: { identifier: SCOPE_OLDSYNC, keyRotationSecret: '', keyRotationTimestamp: 1 } };
      case '/v1/oauth/authorization':
        this.sessionId(request);
        return { redirect: '', code: this.token(), state: body['state'] };
      default:
        throw new Refusal(404, 116);
    }
  }

  private async grant(request: Received): Promise<unknown> {
    const { body } = request;
    const scopes = String(body['scope'] ?? '')
      .split(' ')
      .filter((scope) => scope !== '');
    switch (body['grant_type']) {
      case 'authorization_code':
        return this.redeem(request);
      case 'refresh_token': {
        const held = this.refreshTokens.get(String(body['refresh_token']));
        if (held === undefined) throw new Refusal(401, 110);
        if (!scopes.every((scope) => held.includes(scope))) throw new Refusal(403, 112);
        return this.tokens(scopes);
      }
      case 'fxa-credentials':
        this.sessionId(request);
        if (!scopes.every(this.mintable)) throw new Refusal(403, 112);
        return this.tokens(scopes, body['access_type'] === 'offline' ? this.newRefreshToken(...scopes) : undefined);
      default:
        return this.exchange(String(body['subject_token']), scopes);
    }
  }

  private async redeem(request: Received): Promise<unknown> {
    const grant = this.codes.get(String(request.body['code']));
    if (grant === undefined) throw new Refusal(400, 105);
    const hasSession = request.headers.has('Authorization');
    if (hasSession) this.sessionId(request);
    if (!(await matchesCodeChallenge(String(request.body['code_verifier']), grant.challenge)))
      throw new Refusal(400, 117);
    this.codes.delete(String(request.body['code']));
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    const wantsKeys = grant.keysJwk !== null && grant.scopes.includes(SCOPE_OLDSYNC);
    return {
      ...this.tokens(grant.scopes, this.newRefreshToken(...grant.scopes)),
      ...(wantsKeys && {
        keys_jwe: await sealKeysJwe(grant.keysJwk ?? '', { [SCOPE_OLDSYNC]: this.syncKey }, random),
      }),
      ...(grant.scopes.includes(SCOPE_SESSION_TOKEN) && !hasSession && { session_token: await this.newSession() }),
    };
  }

  private exchange(subject: string, added: readonly string[]): unknown {
    const again = this.exchanged.get(subject);
    if (again?.scope === added.join(' ') && this.refreshTokens.has(again.to)) {
      return this.tokens(this.refreshTokens.get(again.to) ?? [], again.to);
    }
    const held = this.refreshTokens.get(subject);
    if (held === undefined) throw new Refusal(401, 110);
    if (!added.every((scope) => this.exchangeable.includes(scope))) throw new Refusal(403, 112);
    const scopes = [...new Set([...held, ...added])];
    const to = this.newRefreshToken(...scopes);
    this.refreshTokens.delete(subject);
    this.exchanged.set(subject, { scope: added.join(' '), to });
    for (const device of this.devices) if (device.refreshToken === subject) device.refreshToken = to;
    return this.tokens(scopes, to);
  }

  private tokens(scopes: readonly string[], refreshToken?: string) {
    const accessToken = this.token();
    this.accessTokens.add(accessToken);
    return {
      access_token: accessToken,
      token_type: 'bearer',
      scope: scopes.join(' '),
      expires_in: 3600,
      ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    };
  }

  private profileAnswer(request: Received): Response {
    if (!this.accessTokens.has(bearer(request))) throw new Refusal(401, 110);
    const etag = this.profileEtag;
    if (etag !== null && request.headers.get('If-None-Match') === etag) return new Response(null, { status: 304 });
    return Response.json(this.profile, etag === null ? {} : { headers: { ETag: etag } });
  }

  private changeDevice(request: Received): unknown {
    const token = this.deviceToken(request);
    const { name, type, availableCommands, pushCallback, pushPublicKey, pushAuthKey } = request.body;
    let device = this.devices.find(({ refreshToken }) => refreshToken === token);
    if (device === undefined) {
      device = { id: this.id(), name: '', type: 'mobile', availableCommands: {}, push: {}, refreshToken: token };
      this.devices.push(device);
    }
    if (name !== undefined) device.name = typeof name === 'string' ? name : 'Some application';
    if (typeof type === 'string') device.type = type;
    if (availableCommands !== undefined) device.availableCommands = availableCommands as Record<string, string>;
    if (typeof pushCallback === 'string') {
      device.push = { pushCallback, pushPublicKey: String(pushPublicKey), pushAuthKey: String(pushAuthKey) };
    }
    return deviceAnswer(device);
  }

  private destroyDevice(request: Received): unknown {
    this.deviceToken(request);
    const index = this.devices.findIndex(({ id }) => id === request.body['id']);
    const [device] = index < 0 ? [] : this.devices.splice(index, 1);
    if (device === undefined) throw new Refusal(400, 123);
    this.refreshTokens.delete(device.refreshToken);
    return {};
  }

  private invoke(request: Received): unknown {
    const token = this.deviceToken(request);
    const { target, command, payload } = request.body;
    if (!this.devices.some(({ id }) => id === target)) throw new Refusal(400, 123);
    const sender = this.devices.find(({ refreshToken }) => refreshToken === token)?.id;
    const data = { command, payload, ...(sender !== undefined && { sender }) };
    this.queue.push({ index: this.queue.length + 1, data, target: String(target) });
    return { enqueued: true, notified: true };
  }

  private commands(request: Received): unknown {
    const token = this.deviceToken(request);
    const device = this.devices.find(({ refreshToken }) => refreshToken === token);
    const from = Number(request.url.searchParams.get('index') ?? 0);
    const limit = Number(request.url.searchParams.get('limit') ?? 100);
    const all = this.queue.filter(({ index, target }) => target === device?.id && index >= from);
    const messages = all.slice(0, limit).map(({ index, data }) => ({ index, data }));
    return { index: messages.at(-1)?.index ?? 0, last: all.length <= limit, messages };
  }

  private deviceToken(request: Received): string {
    const token = bearer(request);
    if (!this.refreshTokens.has(token)) throw new Refusal(401, 110);
    return token;
  }

  private sessionId(request: Received): string {
    const id = bearer(request).replace('fxs_', '');
    if (!this.sessions.has(id)) throw new Refusal(401, 110);
    return id;
  }

  private endRefreshToken(token: string): void {
    this.refreshTokens.delete(token);
    const index = this.devices.findIndex(({ refreshToken }) => refreshToken === token);
    if (index >= 0) this.devices.splice(index, 1);
  }

  private token(): string {
    this.count += 1;
    return this.count.toString(16).padStart(64, '0');
  }

  private id(): string {
    return bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
  }
}

function bearer({ headers }: Received): string {
  return (headers.get('Authorization') ?? '').replace('Bearer ', '');
}

function deviceAnswer({ id, name, type, availableCommands, push }: ModelDevice): object {
  return { id, name, type, availableCommands, pushEndpointExpired: false, createdAt: 1, ...push };
}

function nameOf(method: string, url: URL, body: Received['body']): string {
  const path = url.pathname.replace(/^\/v1/, '');
  if (path === '/oauth/token') return `token(${String(body['grant_type']).replace(/^.*:/, '')})`;
  if (path === '/destroy') return body['token'] === undefined ? 'destroy(refresh)' : 'destroy(access)';
  return `${method} ${path}`;
}

function errorAnswer({ status, errno = 999, headers = {}, body }: Exclude<Fault, string>): Response {
  const json = JSON.stringify({ code: status, errno, error: 'Error', message: `errno ${errno}`, info: '' });
  return new Response(body ?? json, { status, headers });
}
