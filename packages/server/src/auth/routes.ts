import {
  accountCreate,
  accountCredentialsStatus,
  accountDestroy,
  accountKeys,
  accountLogin,
  accountStatus,
  accountStatusGet,
  getRandomBytes,
  sessionReauth,
} from '@foxden/protocol';
import { fetchKeys } from '../credentials/index.js';
import { findPrimaryEmail } from '../emails/index.js';
import { route } from '../http/route.js';
import { toHex } from '../storage/hex.js';
import { createAccount } from './create.js';
import { destroyAccount } from './destroy.js';
import { login, reauthenticate, type SignInBody, type SignInOptions } from './login.js';
import { passwordRoutes } from './passwords/routes.js';
import { credentialsStatus, statusByEmail, statusByUid } from './status.js';

type SignInQuery = {
  keys?: 'true' | 'false' | undefined;
  service?: string | undefined;
  verificationMethod?: SignInOptions['verificationMethod'];
};

/** What the body says wins over the query (auth-api §0). */
function signInOptions(body: SignInBody, query: SignInQuery): SignInOptions {
  return {
    keys: query.keys === 'true',
    service: body.service ?? query.service,
    verificationMethod: body.verificationMethod ?? query.verificationMethod,
  };
}

export const authRoutes = [
  route(
    accountCreate,
    async (context, { body, query, caller }) =>
      createAccount(
        context,
        caller,
        { ...body, service: body.service ?? query.service },
        { keys: query.keys === 'true' },
      ),
    { limit: 'accountCreate' },
  ),
  route(
    accountLogin,
    // The limits are asked inside: an unblock code may lift what they say.
    async (context, { body, query, caller }) => login(context, caller, body, signInOptions(body, query)),
  ),
  route(sessionReauth, async (context, { body, query, caller, credentials }) =>
    reauthenticate(context, caller, credentials, body, signInOptions(body, query)),
  ),
  route(
    accountStatusGet,
    async (context, { query, caller, credentials }) => statusByUid(context, caller, credentials, query.uid),
    { limit: 'statusCheck' },
  ),
  route(accountStatus, async (context, { body, caller }) => statusByEmail(context, caller, body), {
    limit: 'accountStatusCheck',
  }),
  route(accountCredentialsStatus, async (context, { body, caller }) => credentialsStatus(context, caller, body.email), {
    limit: 'getCredentialsStatus',
  }),
  route(accountKeys, async (context, { credentials }) => {
    const email = await findPrimaryEmail(context.storage.db, credentials.uid);
    return { bundle: await fetchKeys(context, credentials, { emailVerified: email?.isVerified === true }) };
  }),
  route(
    accountDestroy,
    async (context, { body, caller, credentials }) => {
      await destroyAccount(context, caller, credentials, body);
      return {};
    },
    { limit: 'accountDestroy', limitFailed: { INCORRECT_PASSWORD: 'accountDestroyFailed' } },
  ),
  route(getRandomBytes, async (context) => ({ data: toHex(context.random.bytes(32)) })),
  ...passwordRoutes,
];
