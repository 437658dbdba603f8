import { describe, expect, it } from 'vitest';
import { chooseLanguage, chosenLanguage } from '../../src/messages/chosen-language.js';
import { message } from '../../src/messages/message.js';
import { createLanguageModel } from '../../src/pages/settings-language/model.js';
import { memoryStorage } from '../support/memory-storage.js';
import { type Answer, offline, testServer } from '../support/test-server.js';
import { rosa, sessionStatus, testServices } from '../support/test-services.js';

const opened = (answer: Answer = {}) =>
  testServices({
    url: '/settings/language',
    account: rosa,
    server: testServer({ 'GET /session/status': sessionStatus(), 'POST /account/locale': answer }),
  });

describe('the language', () => {
  it('is kept for mails and for this browser, whose pages are loaded in it', async () => {
    const services = opened();
    const storage = memoryStorage();
    await createLanguageModel(services, storage, ['en-GB']).choose('ar');
    expect(services.server.sent).toMatchObject([{ call: 'POST /account/locale', body: { locale: 'ar' } }]);
    expect(chosenLanguage(storage)).toBe('ar');
    expect(services.navigation.left).toEqual(['reload']);
    expect(services.navigation.here().state.notice).toEqual(message('language-saved'));
  });

  it('is that of the browser again, whose whole list is told as far as it may be', async () => {
    const services = opened();
    const storage = memoryStorage();
    chooseLanguage(storage, 'ar');
    const many = Array.from({ length: 60 }, () => 'en-GB');
    await createLanguageModel(services, storage, many).choose('');
    const { locale } = services.server.sent.at(-1)?.body ?? {};
    expect(locale).toBe(many.slice(0, 42).join(','));
    expect(chosenLanguage(storage)).toBeUndefined();
  });

  it('loads nothing where it stays the same', async () => {
    const services = opened();
    const storage = memoryStorage();
    chooseLanguage(storage, 'en');
    const model = createLanguageModel(services, storage, ['ar']);
    await model.choose('en');
    expect(services.navigation.left).toEqual([]);
    expect(model.state.get().notice).toEqual(message('language-saved'));
  });

  it('stays as it was where the server did not take it', async () => {
    const services = opened(offline);
    const storage = memoryStorage();
    const model = createLanguageModel(services, storage, ['en']);
    await model.choose('ar');
    expect(chosenLanguage(storage)).toBeUndefined();
    expect(model.state.get().failure).toEqual(message('failure-unreachable'));
  });
});
