import { WEBCHANNEL_ERRNO_NO_CHANNEL, type WebChannelMessage } from '@foxden/protocol';
import { WebChannelError } from '../error.js';

/**
 * The data of an answer, in any of the shapes that browsers give to success and failure (webchannel §1.2).
 * @throws WebChannelError `no-channel` or `refused`
 */
export function readAnswer(command: string, { data, errno, error }: WebChannelMessage): unknown {
  if (errno === WEBCHANNEL_ERRNO_NO_CHANNEL) throw new WebChannelError('no-channel', command);
  if (errno !== undefined || error !== undefined) throw new WebChannelError('refused', command, describe(error));
  const failure = typeof data === 'object' && data !== null ? (data as { error?: unknown }).error : undefined;
  if (failure !== undefined && failure !== null) throw new WebChannelError('refused', command, describe(failure));
  return data;
}

function describe(error: unknown): string | undefined {
  if (typeof error === 'string') return error;
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : undefined;
}
