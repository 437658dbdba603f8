import { describe, expect, it } from 'vitest';
import { message } from '../../src/messages/message.js';
import { createLanguageModel } from '../../src/pages/settings-language/model.js';
import { type Answer, offline, testServer } from '../support/test-server.js';
import { rosa, sessionStatus, testServices } from '../support/test-services.js';

const opened = (answer: Answer = {}) =>
  testServices({
    url: '/settings/language',
    account: rosa,
    server: testServer({ 'GET /session/status': sessionStatus(), 'POST /account/locale': answer }),
  });

describe('the language', () => {
  it('can be each of those that there are, in its own words', () => {
    const { state } = createLanguageModel(opened(), ['en-GB']);
    expect(state.get()).toMatchObject({
      chosen: undefined,
      languages: [
        { tag: 'en', name: 'English' },
        { tag: 'ar', name: 'العربية' },
      ],
    });
  });

  it('is kept for mails and for this browser, whose pages are loaded in it', async () => {
    const services = opened();
    await createLanguageModel(services, ['en-GB']).choose('ar');
    expect(services.server.sent).toMatchObject([{ call: 'POST /account/locale', body: { locale: 'ar' } }]);
    expect(services.language.chosen()).toBe('ar');
    expect(services.navigation.left).toEqual(['reload']);
    expect(services.navigation.here().state.notice).toEqual(message('language-saved'));
  });

  it('is that of the browser again, whose whole list is told as far as it may be', async () => {
    const services = opened();
    services.language.choose('ar');
    const many = Array.from({ length: 60 }, () => 'en-GB');
    await createLanguageModel(services, many).choose('');
    const { locale } = services.server.sent.at(-1)?.body ?? {};
    expect(locale).toBe(many.slice(0, 42).join(','));
    expect(services.language.chosen()).toBeUndefined();
  });

  it('loads nothing where it stays the same', async () => {
    const services = opened();
    services.language.choose('en');
    const model = createLanguageModel(services, ['ar']);
    await model.choose('en');
    expect(services.navigation.left).toEqual([]);
    expect(model.state.get().notice).toEqual(message('language-saved'));
  });

  it('stays as it was where the server did not take it', async () => {
    const services = opened(offline);
    const model = createLanguageModel(services, ['en']);
    await model.choose('ar');
    expect(services.language.chosen()).toBeUndefined();
    expect(model.state.get().failure).toEqual(message('failure-unreachable'));
  });
});
