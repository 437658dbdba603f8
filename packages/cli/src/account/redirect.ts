import { createServer } from 'node:http';
import { createInterface } from 'node:readline/promises';
import { UsageError } from '../command.js';

/** What a redirect carries. */
export interface Redirect {
  readonly code: string;
  readonly state: string;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** A place that waits for the redirect of a flow. */
export interface RedirectCatcher {
  /** Resolves with the first redirect of the flow with this `state`; others are turned away. */
  wait(state: string): Promise<Redirect>;
  close(): Promise<void>;
}

/** Whether a redirect comes to this machine by HTTP, so that it can be caught. */
export function canBeCaught(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === 'http:' && LOOPBACK.test(hostname);
}

/**
 * Listens where a redirect comes to on this machine (RFC 8252 §7.3).
 * @throws Error when something else listens there
 */
export async function catchRedirect(redirectUri: string): Promise<RedirectCatcher> {
  const { hostname, port, pathname } = new URL(redirectUri);
  let arrived: (url: URL) => boolean = () => false;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', redirectUri);
    const taken = request.method === 'GET' && url.pathname === pathname && arrived(url);
    response.writeHead(taken ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8', Connection: 'close' });
    response.end(
      page(taken ? 'You can close this page and go back to the command line.' : 'Nothing is waiting for this.'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port || 80), hostname.replace(/^\[|\]$/g, ''), () => resolve());
  });
  return {
    wait: (state) =>
      new Promise((resolve, reject) => {
        arrived = (url) => {
          if (url.searchParams.get('state') !== state) return false;
          settle(url).then(resolve, reject);
          return true;
        };
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Lets the person paste the URL that the sign-in ended at. */
export async function askForRedirect(): Promise<Redirect> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const pasted = (await prompt.question('Final URL: ')).trim();
    if (!URL.canParse(pasted)) throw new UsageError('That is no URL.');
    return await settle(new URL(pasted));
  } finally {
    prompt.close();
  }
}

async function settle({ searchParams }: URL): Promise<Redirect> {
  const code = searchParams.get('code');
  const state = searchParams.get('state');
  if (code !== null && state !== null) return { code, state };
  throw new Error(`The sign-in brought no code: ${searchParams.get('error') ?? 'the URL has none'}.`);
}

function page(text: string): string {
  return `<!doctype html><html lang="en"><title>Foxden</title><p>${text}</p></html>`;
}
