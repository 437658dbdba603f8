import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import { fromHex } from '../storage/hex.js';
import { monogram } from './monogram.js';
import { readAvatar } from './store.js';

/** What is at an address of a picture never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Whatever a picture holds, it is nothing but a picture: also where it is opened as a page of its own. */
const INERT = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
};

/** Serves the pictures that profiles point to: those that people sent, and the letters of those who have not. */
export function installPictures(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { id: string } }>('/v1/a/:id', async (request, reply) => {
    const { id } = request.params;
    const avatar = /^[0-9a-f]{32}$/.test(id) ? await readAvatar(context.storage.db, fromHex(id)) : undefined;
    if (avatar === undefined) throw authError('NOT_FOUND');
    return picture(reply, avatar.contentType).header('cache-control', FOR_EVER).send(avatar.image);
  });
  app.get<{ Params: { letter: string } }>('/v1/avatar/:letter', async (request, reply) => {
    const forFirefox = /Firefox\//.test(request.headers['user-agent'] ?? '');
    return picture(reply, 'image/svg+xml')
      .headers({ 'cache-control': 'public, max-age=31536000', vary: 'user-agent' })
      .send(monogram(request.params.letter, { forFirefox }));
  });
}

function picture(reply: FastifyReply, contentType: string): FastifyReply {
  return reply.headers(INERT).type(contentType);
}
