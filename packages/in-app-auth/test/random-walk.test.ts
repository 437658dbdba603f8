import { AuthClientError, createAuthClient } from '@foxden/auth-client';
import { AUTH_ERRORS, deriveToken, hexToBytes } from '@foxden/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  AuthenticationInApp,
  FlowFailure,
  type InAppEvent,
  METHODS,
  type Method,
  WrongStateError,
} from '../src/index.js';
import { EMAIL, friend, PASSWORD } from './support/rehearsal.js';

/** A server of moods: it answers well or not at all, as chance has it, and knows which of its sessions live. */
function moodyServer(chance: () => number) {
  const living = new Set<string>();
  let made = 0;
  const newSession = async (extra: object): Promise<Response> => {
    made += 1;
    const sessionToken = made.toString(16).padStart(64, '0');
    living.add((await deriveToken('sessionToken', hexToBytes(sessionToken))).tokenId);
    return Response.json({ sessionToken, ...extra });
  };
  const pick = <T>(...choices: readonly [T, ...T[]]): T => choices[chance() % choices.length] ?? choices[0];
  const errnos = Object.values(AUTH_ERRORS).map(({ errno }) => errno);

  const well = (path: string, tokenId: string): Promise<Response> | Response => {
    switch (path) {
      case '/account/status':
        return Response.json(pick({ exists: true, hasPassword: true }, { exists: true }, { exists: false }));
      case '/account/login':
        return newSession(
          pick(
            { verified: true },
            { verified: false, verificationMethod: 'totp-2fa' },
            { verified: false, verificationMethod: 'email-otp' },
            { verified: false, verificationMethod: 'email' },
          ),
        );
      case '/account/create':
        return newSession({ verificationMethod: 'email-otp' });
      case '/session/verify/totp':
        return Response.json({ success: pick(true, false) });
      case '/oauth/authorization':
        return Response.json({ code: 'c', state: 's', redirect: 'https://app.example.com/' });
      case '/account/attached_clients':
        return Response.json([{ name: 'Firefox' }, null, { name: 7 }]);
      case '/account/destroy':
        living.clear();
        return Response.json({});
      case '/session/destroy':
        living.delete(tokenId);
        return Response.json({});
      default:
        return Response.json({});
    }
  };
  const badly = (path: string): Response => {
    const errno = pick(errnos[0] ?? 0, ...errnos);
    switch (chance() % 6) {
      case 0:
        throw new TypeError('fetch failed');
      case 1:
        throw new AuthClientError({ kind: 'timeout', message: 'late' });
      case 2:
        return new Response('<h1>Bad Gateway</h1>', { status: 502 });
      case 3:
        return Response.json({ errno: 125, verificationMethod: 'email-captcha' }, { status: 400 });
      default:
        return Response.json({ errno, message: path }, { status: 400 });
    }
  };
  const reply: typeof fetch = async (input, init) => {
    const path = new URL(String(input)).pathname.replace(/^\/v1/, '');
    const tokenId = new Headers(init?.headers).get('authorization')?.replace('Bearer fxs_', '') ?? '';
    // A session that cannot be reached cannot be given up: that much must work.
    return path !== '/session/destroy' && chance() % 3 === 0 ? badly(path) : well(path, tokenId);
  };
  return { living, reply };
}

const ARGUMENTS: Partial<Record<Method, string>> = {
  checkAccount: EMAIL,
  setPassword: PASSWORD,
  verifyUnblockCode: 'ABCD2345',
  verifySessionEmailCode: '123456',
  verifySessionTotpCode: '123456',
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('whoever calls what, and whatever the server does: no dead end, one error at a time, no session left', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(fc.nat(999)),
      fc.constantFrom('default', 'accountDeletion', 'reauthentication'),
      // Creating accounts takes long: it is part of few walks.
      fc.nat(19).map((number) => number === 0),
      async (stream, type, accountCreation) => {
        const chance = () => stream.next().value as number;
        const { living, reply } = moodyServer(chance);
        const machine = new AuthenticationInApp<string>({
          client: createAuthClient({ baseUrl: 'https://accounts.example.com', fetch: reply }),
          relyingParty: {
            ...friend,
            async exchange() {
              if (chance() % 4 === 0) throw new FlowFailure('RemoteServiceError', 'not today');
              return 'result';
            },
          },
          accountCreation,
          openBrowser: async (url) => url,
        });
        const events: InAppEvent<string>[] = [];
        machine.subscribe((event) => events.push(event));
        let isOver = false;
        const result = machine.start({ type, ...(type !== 'default' && { email: EMAIL }) }).then(() => {
          isOver = true;
        });

        for (let step = 0; step < 30 && !isOver; step += 1) {
          const { methods } = machine.state;
          const open = methods.filter((method) => method !== 'cancel');
          if (open.length === 0) {
            // Something is being waited for; now and then nobody waits.
            if (methods.includes('cancel') && chance() % 40 === 0) machine.cancel();
            await turn();
            continue;
          }
          const forbidden = METHODS.find((method) => !methods.includes(method) && method !== 'start');
          if (forbidden !== undefined) expect(() => callOf(machine, forbidden)).toThrow(WrongStateError);
          const method = open[chance() % open.length];
          const before = events.length;
          if (method !== undefined) callOf(machine, method);
          await turn();
          const errors = events.slice(before).filter(({ type }) => type === 'errorOccurred' || type === 'failed');
          expect(errors.length).toBeLessThanOrEqual(1);
        }
        if (machine.state.methods.includes('cancel')) machine.cancel();
        await result;
        expect(machine.state).toMatchObject({ name: 'Initializing', methods: ['start'] });
        expect([...living]).toEqual([]);
        expect(events.filter((event) => event.type === 'terminated')).toHaveLength(1);
      },
    ),
    { numRuns: 150 },
  );
});

function callOf(machine: AuthenticationInApp<string>, method: Method): void {
  const call: unknown = Reflect.get(machine, method);
  if (typeof call === 'function') Reflect.apply(call, machine, [ARGUMENTS[method]]);
}
