import type { AuthErrorName } from '@foxden/protocol';
import type { FastifyInstance, HTTPMethods } from 'fastify';
import type { Config } from '../config/index.js';
import { authError } from '../errors.js';
import { API_ROOT } from '../http/mount.js';

type Absent = readonly [method: HTTPMethods | readonly HTTPMethods[], path: string];

const ANY = ['GET', 'POST', 'PATCH', 'DELETE'] as const;

/** Routes of the past: whoever calls them is told that they will not come back. */
const GONE: readonly Absent[] = [
  ['POST', '/certificate/sign'],
  ['POST', '/signinCodes'],
  ['POST', '/signinCodes/consume'],
  ['POST', '/account/lock'],
];

/** Features that are switched off for good, or not there yet; `*` stands for all that belongs to one. */
const NOT_ENABLED: readonly Absent[] = [
  ['POST', '/account/stub'],
  ['POST', '/account/finish_setup'],
  ['POST', '/account/passwordless/send_code'],
  ['POST', '/account/passwordless/resend_code'],
  ['POST', '/account/passwordless/confirm_code'],
  ['POST', '/linked_account/login'],
  ['POST', '/linked_account/unlink'],
  ['POST', '/session/verify/send_push'],
  ['POST', '/session/verify/verify_push'],
  ['GET', '/passkeys'],
  [ANY, '/passkey/*'],
  ['POST', '/recovery_phone/create'],
  ['POST', '/recovery_phone/confirm'],
  ['POST', '/recovery_phone/change'],
  ['POST', '/recovery_phone/signin/send_code'],
  ['POST', '/recovery_phone/signin/confirm'],
  ['POST', '/recovery_phone/reset_password/send_code'],
  ['POST', '/recovery_phone/reset_password/confirm'],
  [ANY, '/mfa/recovery_phone'],
  [ANY, '/mfa/recovery_phone/*'],
];

/** Links of old mails to the API; the pages of the same names take over. */
const OLD_LINKS = ['/verify_email', '/complete_reset_password'] as const;

/** Mounts the routes that are deliberately not built: no answer but an error, or a redirect to the pages. */
export function installAbsent(app: FastifyInstance, config: Pick<Config, 'publicUrl'>): void {
  const refuse = (routes: readonly Absent[], error: AuthErrorName): void => {
    for (const [method, path] of routes) {
      app.route({
        method: [method].flat(),
        url: API_ROOT + path,
        config: { family: 'auth' },
        handler: async () => {
          throw authError(error);
        },
      });
    }
  };
  refuse(GONE, 'ENDPOINT_GONE');
  refuse(NOT_ENABLED, 'FEATURE_NOT_ENABLED');
  for (const path of OLD_LINKS) {
    app.get(API_ROOT + path, async (request, reply) => {
      const { search } = new URL(request.url, 'http://localhost');
      return reply.redirect(config.publicUrl + path + search);
    });
  }
}
