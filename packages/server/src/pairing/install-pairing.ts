import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import { takeOver } from '../http/upgrade.js';
import { CHANNEL_PATH, isChannelId } from './path.js';

interface ToChannel {
  Params: { readonly id?: string };
}

/**
 * Mounts the channels: without an id, or with what cannot be one, a new one is opened; otherwise that one is joined
 * (oauth-devices §6.1). Which page or application asks does not matter: knowing the id is what counts.
 */
export function installPairing(app: FastifyInstance, { pairing }: Pick<Context, 'pairing'>): void {
  const connect = async (request: FastifyRequest<ToChannel>, reply: FastifyReply<ToChannel>) => {
    const { id } = request.params;
    const channelId = id !== undefined && isChannelId(id) ? id : undefined;
    if (channelId === undefined) pairing.requireRoom(request.ip);
    const upgrade = takeOver(request.raw);
    if (upgrade === undefined) throw authError('NOT_FOUND');
    reply.hijack();
    pairing.connect(upgrade, channelId, request.ip);
  };
  app.get<ToChannel>(CHANNEL_PATH, connect);
  app.get<ToChannel>(`${CHANNEL_PATH}:id`, connect);
}
