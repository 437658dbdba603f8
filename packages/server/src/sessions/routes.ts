import { sessionDestroy, sessionDuplicate, sessionStatus } from '@foxden/protocol';
import { route } from '../http/route.js';
import { recordSecurityEvent } from '../security/index.js';
import { prepareDuplicate } from './create-session.js';
import { destroySession } from './destroy.js';
import { holdSession } from './hold-session.js';
import { authAtSeconds } from './session.js';
import { describeSession } from './status.js';
import { verificationStatus } from './verification-status.js';

export const sessionRoutes = [
  route(sessionStatus, async (_context, { credentials }) => describeSession(credentials)),
  route(sessionDestroy, async (context, { body, caller, credentials: session }) => {
    await destroySession(context, session, body.customSessionToken);
    await recordSecurityEvent(context, context.storage.db, caller, {
      uid: session.uid,
      name: 'session.destroy',
      verified: session.tokenVerified,
    });
    return {};
  }),
  route(sessionDuplicate, async (context, { caller, credentials: session }) => {
    const copy = await prepareDuplicate(context, caller, session);
    await context.storage.transaction(async (tx) => {
      await holdSession(context, tx, session);
      await copy.insert(tx);
    });
    return {
      uid: session.uid,
      sessionToken: copy.sessionToken,
      authAt: authAtSeconds(session),
      ...verificationStatus(session, session.accountAal === 2 ? 'totp-2fa' : 'email'),
    };
  }),
];
