import { type BrowserCapabilities, CONTEXT_OAUTH_WEBCHANNEL, SCOPE_OLDSYNC, SCOPE_PROFILE } from '@foxden/protocol';
import { type PageChannel, WebChannelError } from '@foxden/webchannel';

/**
 * The query of a new flow, where the browser has forgotten the one of this address: it was restarted, or the address is
 * an old one (webchannel §6.1, §6.2). Undefined where it waits for this one, or cannot say.
 */
export async function restartedFlow(
  channel: PageChannel,
  query: URLSearchParams,
  { multiService }: BrowserCapabilities,
): Promise<URLSearchParams | undefined> {
  // Mobile browsers keep their flows elsewhere, and answer what they do not know too oddly to wait for it.
  if (multiService !== true) return undefined;
  const service = query.get('service') ?? undefined;
  try {
    const { isActive } = await channel.ask('fxaccounts:oauth_flow_is_active', {});
    if (isActive !== false) return undefined;
    const begun = await channel.ask('fxaccounts:oauth_flow_begin', { scopes: [SCOPE_PROFILE, SCOPE_OLDSYNC], service });
    return new URLSearchParams({ ...Object.fromEntries(query), ...begun, context: CONTEXT_OAUTH_WEBCHANNEL });
  } catch (error) {
    if (error instanceof WebChannelError) return undefined;
    throw error;
  }
}
