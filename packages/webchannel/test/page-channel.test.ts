import { WEBCHANNEL_ID, WEBCHANNEL_TO_BROWSER, WEBCHANNEL_TO_PAGE, type WebChannelMessage } from '@foxden/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { isFirefox, openPageChannel, type PageChannel } from '../src/index.js';

const STATUS = 'fxaccounts:fxa_status';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
const FIREFOX_IOS = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 FxiOS/128.0 Mobile';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const question = { isPairing: false };

const open: PageChannel[] = [];
afterEach(() => {
  for (const channel of open.splice(0)) channel.close();
});

/** A window with a channel, what it said, and a clock that stands still. */
function page(userAgent = FIREFOX) {
  const target = new EventTarget();
  const details: unknown[] = [];
  const timers: { readonly at: number; readonly callback: () => void }[] = [];
  target.addEventListener(WEBCHANNEL_TO_BROWSER, (event) => details.push((event as CustomEvent).detail));
  const after = (at: number, callback: () => void) => {
    const timer = { at, callback };
    timers.push(timer);
    return () => void timers.splice(timers.indexOf(timer), 1);
  };
  const channel = openPageChannel({ target, userAgent, now: () => 1_780_000_000_000, after });
  if (channel === undefined) throw new Error('no channel');
  open.push(channel);
  const answer = (message: WebChannelMessage | object, id = WEBCHANNEL_ID, asText = false) => {
    const envelope = { id, message };
    const detail = asText ? JSON.stringify(envelope) : envelope;
    target.dispatchEvent(new CustomEvent(WEBCHANNEL_TO_PAGE, { detail }));
  };
  const said = () => details.map((detail) => (typeof detail === 'string' ? JSON.parse(detail) : detail).message);
  return { target, channel, details, said, answer, timers };
}

describe('a browser that is not there', () => {
  it.each([
    [FIREFOX, true],
    [FIREFOX_IOS, true],
    ['Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', true],
    [CHROME, false],
    ['', false],
  ])('%s: %s', (userAgent, there) => {
    expect(isFirefox(userAgent)).toBe(there);
  });

  it('is not spoken to', () => {
    const target = new EventTarget();
    const environment = { target, userAgent: CHROME, now: () => 0, after: () => () => undefined };
    expect(openPageChannel(environment)).toBeUndefined();
  });
});

describe('what goes out', () => {
  it('is the text of an envelope, with an id of digits that is never the same', () => {
    const { channel, details, said } = page();
    channel.tell('fxaccounts:logout', { uid: 'ab' });
    channel.tell('profile:change', { uid: 'ab' });
    expect(details.every((detail) => typeof detail === 'string')).toBe(true);
    expect(JSON.parse(String(details[0]))).toEqual({
      id: 'account_updates',
      message: { command: 'fxaccounts:logout', messageId: '17800000000001', data: { uid: 'ab' } },
    });
    expect(said()[1].messageId).not.toBe(said()[0].messageId);
  });

  it('is an object for iOS, with an id that fits its integers', () => {
    const { channel, details, said } = page(FIREFOX_IOS);
    channel.tell('profile:change', { uid: 'ab' });
    expect(details[0]).toMatchObject({ id: 'account_updates' });
    expect(BigInt(said()[0].messageId)).toBeLessThan(2n ** 63n);
  });
});

describe('an answer', () => {
  it.each([
    ['an object', false],
    ['text', true],
  ])('may be %s', async (_, asText) => {
    const { channel, said, answer } = page();
    const status = channel.ask(STATUS, question);
    const { messageId } = said()[0];
    answer({ command: STATUS, messageId, data: { signedInUser: null } }, WEBCHANNEL_ID, asText);
    expect(await status).toEqual({ signedInUser: null });
  });

  it('may bring its id back as a number', async () => {
    const { channel, said, answer } = page();
    const status = channel.ask(STATUS, question);
    answer({ command: STATUS, messageId: Number(said()[0].messageId), data: { signedInUser: null } });
    expect(await status).toEqual({ signedInUser: null });
  });

  it('may come while the question is still on its way', async () => {
    const { channel, target, answer } = page();
    target.addEventListener(WEBCHANNEL_TO_BROWSER, (event) => {
      const { messageId } = JSON.parse((event as CustomEvent).detail).message;
      answer({ command: STATUS, messageId, data: { clientId: 'c' } });
    });
    expect(await channel.ask(STATUS, question)).toEqual({ clientId: 'c' });
  });

  it('belongs to its question, in whatever order it comes', async () => {
    const { channel, said, answer } = page();
    const both = Promise.all([channel.ask(STATUS, question), channel.ask(STATUS, question)]);
    const [first, second] = said();
    answer({ command: STATUS, messageId: second.messageId, data: { clientId: 'second' } });
    answer({ command: STATUS, messageId: first.messageId, data: { clientId: 'first' } });
    expect(await both).toEqual([{ clientId: 'first' }, { clientId: 'second' }]);
  });

  it('without an id belongs to whoever waits longest for that command', async () => {
    const { channel, answer } = page();
    const link = channel.ask('fxaccounts:can_link_account', { email: 'rosa@example.org' });
    const status = channel.ask(STATUS, question);
    answer({ command: STATUS, data: { clientId: 'c' } });
    answer({ data: { ok: true } });
    expect(await Promise.all([link, status])).toEqual([{ ok: true }, { clientId: 'c' }]);
  });

  it('of another channel, to another question, or of no shape at all is none', async () => {
    const { channel, said, answer, timers, target } = page();
    const status = channel.ask(STATUS, question);
    const { messageId } = said()[0];
    answer({ command: STATUS, messageId, data: {} }, 'other');
    answer({ command: STATUS, messageId: '1', data: {} });
    for (const detail of ['no JSON', null, 7, { id: WEBCHANNEL_ID, message: 'text' }]) {
      target.dispatchEvent(new CustomEvent(WEBCHANNEL_TO_PAGE, { detail }));
    }
    timers[0]?.callback();
    await expect(status).rejects.toMatchObject({ kind: 'timeout', command: STATUS });
  });
});

describe('a failure', () => {
  it.each([
    ['of the command, as an object', { data: { error: { message: 'Error: INVALID_STATE', stack: 's' } } }, 'refused'],
    ['of the command, as text', { data: { error: 'unknown' } }, 'refused'],
    ['of the message', { error: 'unknown' }, 'refused'],
    ['inside the channel', { errno: 999, error: 'broken' }, 'refused'],
    ['of a page that is not heard', { errno: 2, error: 'No Such Channel' }, 'no-channel'],
  ])('%s is told as %o', async (_, message, kind) => {
    const { channel, answer } = page();
    const asked = channel.ask('fxaccounts:oauth_login', { action: 'signin', code: 'c', state: 's', redirect: 'r' });
    answer(message);
    await expect(asked).rejects.toMatchObject({ name: 'WebChannelError', kind });
  });

  it('of the channel itself is everybody’s', async () => {
    const { channel, answer } = page();
    const all = [channel.ask(STATUS, question), channel.ask('fxaccounts:oauth_flow_is_active', {})];
    answer({ errno: 2, error: 'No Such Channel' });
    for (const asked of all) await expect(asked).rejects.toMatchObject({ kind: 'no-channel' });
  });

  it('is that the channel was closed', async () => {
    const { channel } = page();
    const asked = channel.ask(STATUS, question);
    channel.close();
    await expect(asked).rejects.toMatchObject({ kind: 'closed' });
  });
});

describe('waiting', () => {
  it('ends by itself, and an answer that is too late is not somebody else’s', async () => {
    const { channel, said, answer, timers } = page();
    const late = channel.ask(STATUS, question, 500);
    expect(timers.map(({ at }) => at)).toEqual([500]);
    timers[0]?.callback();
    await expect(late).rejects.toMatchObject({ kind: 'timeout' });
    const next = channel.ask(STATUS, question);
    answer({ command: STATUS, messageId: said()[0].messageId, data: { clientId: 'late' } });
    answer({ command: STATUS, messageId: said()[1].messageId, data: { clientId: 'next' } });
    expect(await next).toEqual({ clientId: 'next' });
  });

  it('takes the time that a device registration takes, and for a person all the time there is', () => {
    const { channel, timers } = page();
    const asked = [
      channel.ask(STATUS, question),
      channel.ask('fxaccounts:login', { email: 'e', uid: 'u', sessionToken: 's', verified: true }),
      channel.ask('fxaccounts:can_link_account', { email: 'e' }),
    ];
    for (const one of asked) one.catch(() => undefined);
    expect(timers.map(({ at }) => at)).toEqual([5_000, 30_000]);
  });

  it('leaves no timer behind', async () => {
    const { channel, said, answer, timers } = page();
    const status = channel.ask(STATUS, question);
    answer({ messageId: said()[0].messageId, data: {} });
    await status;
    expect(timers).toEqual([]);
  });
});
