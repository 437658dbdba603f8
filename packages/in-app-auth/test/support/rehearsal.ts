import { createAuthClient } from '@foxden/auth-client';
import { AuthenticationInApp, type FlowType, type InAppEvent, type RelyingParty } from '../../src/index.js';

export const EMAIL = 'rosa@example.com';
export const PASSWORD = 'a fox in the den';
export const SESSION_TOKEN = 'a0'.repeat(32);

/** An answer of the accounts server, or what fetch throws. */
export type Reply = () => Response;

export const ok =
  (body: unknown): Reply =>
  () =>
    Response.json(body);
export const refused =
  (errno: number | undefined, extra: object = {}, status = 400): Reply =>
  () =>
    Response.json(
      { code: status, ...(errno !== undefined && { errno }), message: `errno ${errno}`, ...extra },
      { status },
    );
export const throws =
  (error: Error): Reply =>
  () => {
    throw error;
  };

export const session = (verified: boolean, verificationMethod?: string): Reply =>
  ok({ sessionToken: SESSION_TOKEN, verified, verificationMethod });
export const LIFTABLE = refused(125, { verificationMethod: 'email-captcha', verificationReason: 'login' });

/** Replies by path below `/v1`, in order; the last one goes on. */
export type Script = Readonly<Record<string, readonly Reply[]>>;

const OBLIGING: Script = {
  '/account/status': [ok({ exists: true, hasPassword: true })],
  '/account/login': [session(true)],
  '/account/create': [session(false, 'email-otp')],
  '/account/login/send_unblock_code': [ok({})],
  '/session/verify_code': [ok({})],
  '/session/resend_code': [ok({})],
  '/session/verify/totp': [ok({ success: true })],
  '/oauth/authorization': [ok({ code: 'c', state: 's', redirect: 'https://app.example.com/' })],
  '/account/attached_clients': [ok([{ name: 'Firefox' }])],
  '/account/destroy': [ok({})],
  '/session/destroy': [ok({})],
};

/** A relying party that is content with everything. */
export const friend: RelyingParty<string> = {
  begin: async () => ({ clientId: 'a0a1a2a3a4a5a6a7', state: 's', scope: 'profile', accessType: 'online' }),
  finish: async () => 'code',
  exchange: async () => 'result',
  browserUrl: () => 'https://accounts.example.com/authorization',
  readReturn: () => 'code',
};

/** A machine whose requests are answered at once. */
export function rehearse(script: Script, options: { relyingParty?: RelyingParty<string>; type?: FlowType } = {}) {
  const asked: string[] = [];
  const counts = new Map<string, number>();
  const answer = (path: string): Response => {
    const replies = script[path] ?? OBLIGING[path];
    const count = counts.get(path) ?? 0;
    counts.set(path, count + 1);
    const reply = replies?.[Math.min(count, replies.length - 1)];
    if (reply === undefined) throw new Error(`nothing answers ${path}`);
    return reply();
  };
  const fetchReply: typeof fetch = async (input) => {
    const path = new URL(String(input)).pathname.replace(/^\/v1/, '');
    asked.push(path);
    return answer(path);
  };
  const events: InAppEvent<string>[] = [];
  const machine = new AuthenticationInApp({
    client: createAuthClient({ baseUrl: 'https://accounts.example.com', fetch: fetchReply }),
    relyingParty: options.relyingParty ?? friend,
  });
  machine.subscribe((event) => events.push(event));
  const { type = 'default' } = options;
  const result = machine.start(type === 'default' ? {} : { type, email: EMAIL });
  /** Waits for a state that is not left by itself. */
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      const look = () => machine.state.methods.some((method) => method !== 'cancel') && resolve();
      machine.subscribe(look);
      look();
    });
  return { machine, events, asked, result, settled };
}

export type Rehearsal = ReturnType<typeof rehearse>;
