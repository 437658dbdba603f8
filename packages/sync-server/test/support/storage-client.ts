import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { makeHawkHeader } from '@foxden/protocol';

/** The members of what the storage writes; a test takes those of its route. */
interface Members {
  readonly id: string;
  readonly payload: string;
  readonly modified: number;
  readonly sortindex: number;
  readonly success: string[];
  readonly failed: Readonly<Record<string, string>>;
  readonly batch: string;
  readonly max_quota_limit: number;
}

/** An answer of the storage, with its numbers as they were written. */
export interface StorageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** An object or a list. */
  readonly json: Members & readonly Members[];
  /** What `/info/…` tells of the collections, by their names. */
  readonly numbers: Readonly<Record<string, number>>;
  /** `X-Last-Modified` as text. */
  readonly lastModified: string | null;
}

export interface Send {
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly contentType?: string | null;
}

/** A token as any token server with the secret makes it, by the description of the format and not by our code. */
export function foreignToken(
  secret: string,
  claims: Readonly<Record<string, unknown>>,
  salt = 'a1b2c3',
): { id: string; key: string } {
  const payload = Buffer.from(JSON.stringify({ ...claims, salt }));
  const signingKey = hkdfSync('sha256', secret, '', 'services.mozilla.com/tokenlib/v1/signing', 32);
  const signature = createHmac('sha256', Buffer.from(signingKey)).update(payload).digest();
  const id = urlsafe(Buffer.concat([payload, signature]));
  const key = Buffer.from(hkdfSync('sha256', secret, salt, `services.mozilla.com/tokenlib/v1/derive/${id}`, 32));
  return { id, key: urlsafe(key) };
}

function urlsafe(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** One user's client of the storage; it signs as Firefox does, without a payload hash. */
export class StorageClient {
  readonly endpoint: string;
  readonly uid: number;
  readonly #token: { readonly id: string; readonly key: string };
  readonly #now: () => number;

  constructor(url: string, uid: number, token: { readonly id: string; readonly key: string }, now: () => number) {
    this.endpoint = `${url}/1.5/${uid}`;
    this.uid = uid;
    this.#token = token;
    this.#now = now;
  }

  async send(method: string, path: string, { headers = {}, body, contentType }: Send = {}): Promise<StorageAnswer> {
    const url = this.endpoint + path;
    const authorization = await makeHawkHeader({
      id: this.#token.id,
      key: Buffer.from(this.#token.key, 'ascii'),
      ts: Math.floor(this.#now() / 1000),
      nonce: randomBytes(4).toString('hex'),
      method,
      url,
    });
    const type = contentType === undefined && body !== undefined ? 'application/json' : contentType;
    const response = await fetch(url, {
      method,
      headers: { authorization, ...(typeof type === 'string' && { 'content-type': type }), ...headers },
      // As bytes: fetch would name a type for text by itself.
      ...(body !== undefined && { body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text);
      },
      get numbers() {
        return JSON.parse(text);
      },
      lastModified: response.headers.get('x-last-modified'),
    };
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<StorageAnswer> {
    return this.send('GET', path, { headers });
  }

  put(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<StorageAnswer> {
    return this.send('PUT', path, { body, headers });
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<StorageAnswer> {
    return this.send('POST', path, { body, headers });
  }

  delete(path: string, headers: Readonly<Record<string, string>> = {}): Promise<StorageAnswer> {
    return this.send('DELETE', path, { headers });
  }
}

/** The time in an answer's `modified`, as it was written. */
export function modifiedText({ text }: StorageAnswer): string {
  return /"modified":(\d+\.\d+)/.exec(text)?.[1] ?? text;
}

/** Times in JSON must have two places, which JSON.parse does not tell. */
export const TIME = /^\d+\.\d\d$/;
