import type { BodyOf, Endpoint, ParamsOf, QueryOf } from '@foxden/protocol';
import { bearerCredential, deriveToken, hexToBytes, type TokenKind } from '@foxden/protocol';
import { API_ROOT } from '@foxden/server';

/** What goes into a call. */
export interface CallOptions<E> {
  readonly params?: ParamsOf<E>;
  readonly query?: QueryOf<E>;
  readonly body?: BodyOf<E> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** A token as the server handed it out, hex. */
  readonly token?: readonly [TokenKind, string] | undefined;
}

/** Calls an endpoint of the server at a URL. */
export async function send<E extends Endpoint>(
  url: string,
  endpoint: E,
  options: CallOptions<E> = {},
): Promise<Response> {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(member(options.params, name)));
  const query = new URLSearchParams(options.query as Record<string, string> | undefined).toString();
  const headers = new Headers(options.headers);
  if (options.token !== undefined) headers.set('authorization', await bearer(...options.token));
  const body = options.body ?? (endpoint.method === 'POST' ? {} : undefined);
  if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
  return fetch(`${url}${API_ROOT}${path}${query === '' ? '' : `?${query}`}`, {
    method: endpoint.method,
    headers,
    ...(body !== undefined && {
      body: typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body),
    }),
  });
}

/** The Authorization header of a token as the server handed it out. */
export async function bearer(kind: TokenKind, token: string): Promise<string> {
  return bearerCredential(kind, (await deriveToken(kind, hexToBytes(token))).tokenId);
}

function member(value: unknown, name: string): unknown {
  return (value as Record<string, unknown> | undefined)?.[name];
}
