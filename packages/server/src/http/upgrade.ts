import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A connection that is asked to speak another protocol, and what it said already. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

interface Pending extends Upgrade {
  readonly response: ServerResponse;
}

const pending = new WeakMap<IncomingMessage, Pending>();

/**
 * Sends requests for another protocol the way of all requests, with the same addresses, limits and errors. A route may
 * take the connection over by {@link takeOver}; all others answer as if nothing had been asked, which RFC 9110 §7.8
 * allows, and hang up. Of a body nothing is read: Node gives the connection away behind the headers.
 */
export function routeUpgrades(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): (request: IncomingMessage, socket: Socket, head: Buffer) => void {
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => {
      socket.resume();
      socket.destroySoon();
    });
    pending.set(request, { request, socket, head, response });
    handle(request, response);
  };
}

/** Takes the connection of a request: whoever calls this answers. Undefined when it asks for no other protocol. */
export function takeOver(request: IncomingMessage): Upgrade | undefined {
  const found = pending.get(request);
  pending.delete(request);
  found?.response.detachSocket(found.socket as Socket);
  return found;
}
