import type { oauthEndpoints, ResponseOf } from '@foxden/protocol';
import type { Context } from '../context.js';
import { requireClient } from './find-client.js';

/**
 * What anybody may know about a client (oauth-devices §1.8).
 * @throws UNKNOWN_CLIENT
 */
export async function describeClient(
  context: Context,
  clientId: string,
): Promise<ResponseOf<typeof oauthEndpoints.client>> {
  const client = await requireClient(context, clientId);
  return {
    id: client.id,
    name: client.name,
    trusted: client.trusted,
    redirect_uri: client.redirectUris.length === 0 ? null : client.redirectUris.join(','),
    ...(client.imageUri !== null && { image_uri: client.imageUri }),
  };
}
