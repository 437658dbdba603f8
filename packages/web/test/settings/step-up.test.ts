import { describe, expect, it } from 'vitest';
import { createStepUp } from '../../src/settings/step-up.js';
import { refusal, testServer } from '../support/test-server.js';
import { rosa, testServices } from '../support/test-services.js';

const request = 'POST /mfa/otp/request';
const verify = 'POST /mfa/otp/verify';

function opened(routes: Parameters<typeof testServer>[0] = {}) {
  const server = testServer({ [request]: { status: 'success' }, [verify]: { accessToken: 'a.b.c' }, ...routes });
  const services = testServices({ url: '/settings/emails', account: rosa, server });
  return { services, stepUp: createStepUp(services, 'email'), server };
}

/** Runs a change up to the question for the digits. */
async function asked({ stepUp }: ReturnType<typeof opened>, change: (token: string) => Promise<string>) {
  const result = stepUp.run(change);
  await new Promise<void>((resolve) => {
    stepUp.state.subscribe(() => stepUp.state.get().asking && resolve());
  });
  return result === undefined ? undefined : { result };
}

describe('a change that needs mailed digits', () => {
  it('waits for them, and goes on with what they were traded for', async () => {
    const page = opened();
    const waiting = await asked(page, async (token) => `changed with ${token}`);
    expect(page.server.sent[0]?.body).toEqual({ action: 'email' });
    await page.stepUp.submit('12 34 56');
    expect(page.server.sent[1]?.body).toEqual({ action: 'email', code: '123456' });
    expect(await waiting?.result).toBe('changed with a.b.c');
    expect(page.stepUp.state.get()).toMatchObject({ asking: false, busy: false });
  });

  it('asks for them once, and again when they no longer serve', async () => {
    const page = opened();
    page.services.visit.permit('email', 'old');
    expect(await page.stepUp.run(async (token) => token)).toBe('old');
    expect(page.server.calls()).toEqual([]);
    const again = await asked(page, async (token) => {
      if (token === 'old') throw await failureOf(page.services);
      return token;
    });
    await page.stepUp.submit('123456');
    expect(await again?.result).toBe('a.b.c');
    expect(page.services.visit.permission('email')).toBe('a.b.c');
  });

  it('is not made when the person goes back', async () => {
    const page = opened();
    let made = false;
    const waiting = await asked(page, async () => {
      made = true;
      return '';
    });
    page.stepUp.cancel();
    expect([await waiting?.result, made]).toEqual([undefined, false]);
  });

  it('says that digits are wrong, and takes the right ones afterwards', async () => {
    const page = opened({ [verify]: refusal(183) });
    const waiting = await asked(page, async (token) => token);
    await page.stepUp.submit('1234');
    expect(page.stepUp.state.get().error?.id).toBe('step-up-error-format');
    await page.stepUp.submit('123456');
    expect(page.stepUp.state.get()).toMatchObject({ asking: true, error: { id: 'step-up-error-wrong' } });
    page.server.on(verify, { accessToken: 'd.e.f' });
    await page.stepUp.submit('654321');
    expect(await waiting?.result).toBe('d.e.f');
  });

  it('fails when no digits can be mailed', async () => {
    const { stepUp } = opened({ [request]: refusal(151) });
    await expect(stepUp.run(async () => '')).rejects.toMatchObject({ errno: 151 });
    expect(stepUp.state.get().asking).toBe(false);
  });
});

/** What the client throws when a step-up token has expired. */
async function failureOf({ client }: ReturnType<typeof opened>['services']): Promise<unknown> {
  const { addEmail, createAuthClient } = await import('@foxden/auth-client');
  const expired = createAuthClient({ baseUrl: 'https://x.example', fetch: async () => refusal(223, 401) });
  return addEmail(expired, 'old', 'b@example.org').catch((error: unknown) => error ?? client);
}
