import { rejectUnblockCode as rejectEndpoint, sendUnblockCode as sendEndpoint } from '@foxden/protocol';
import { route } from '../http/route.js';
import { rejectUnblockCode, sendUnblockCode } from './unblock.js';

export const unblockRoutes = [
  route(
    sendEndpoint,
    async (context, { body, caller }) => {
      await sendUnblockCode(context, caller, body.email);
      return {};
    },
    { limit: 'sendUnblockCode' },
  ),
  route(
    rejectEndpoint,
    async (context, { body }) => {
      await rejectUnblockCode(context, body.uid.toLowerCase(), body.unblockCode);
      return {};
    },
    { limit: 'rejectUnblockCode', limitFailed: { INVALID_UNBLOCK_CODE: 'unblockCodeFailed' } },
  ),
];
