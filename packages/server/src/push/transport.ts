import { lookup as systemLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A message as it goes to a push service (RFC 8030 §5). */
export interface PushRequest {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Whether the endpoint may be in a private network: only if its origin is named in the settings. */
  readonly privateNetwork: boolean;
  readonly signal: AbortSignal;
}

/** What matters of the answer. */
export interface PushAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** Posts messages. It follows no redirects and reads no answer beyond its head. */
export interface PushTransport {
  /** @throws Error when there is no answer */
  send(request: PushRequest): Promise<PushAnswer>;
  /** Ends what is on its way. */
  close(): void;
}

/**
 * The transport of Node's own HTTP client: of all that Node has, it alone lets an address be judged between its
 * look-up and the connection to it.
 */
export function createPushTransport(lookup: LookupFunction = systemLookup as LookupFunction): PushTransport {
  const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
  const publicLookup = publicOnly(lookup);
  return {
    send({ endpoint, headers, body, privateNetwork, signal }) {
      const url = new URL(endpoint);
      const secure = url.protocol === 'https:';
      const options = {
        method: 'POST',
        headers: { ...headers, 'content-length': String(body.length) },
        agent: agents[secure ? 'https:' : 'http:'],
        lookup: privateNetwork ? lookup : publicLookup,
        signal,
      };
      return new Promise((resolve, reject) => {
        const request = (secure ? https : http).request(url, options, (response) => {
          // Let go of, so that the connection can be used again; the signal ends one that does not end.
          response.on('error', () => {}).resume();
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
        });
        request.on('error', reject).end(body);
      });
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

/** A look-up that finds no address of a private network, of this machine, or of any other that is not public. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, []);
      const addresses = Array.isArray(found) ? found.filter(({ address }) => isPublic(address)) : [];
      const [first] = addresses;
      if (first === undefined) return callback(new Error(`${hostname} has no public address`), []);
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast';
}
