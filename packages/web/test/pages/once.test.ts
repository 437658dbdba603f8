import { describe, expect, it } from 'vitest';
import { createConfirmCodeModel } from '../../src/pages/confirm-code/model.js';
import { createConsentModel } from '../../src/pages/consent/model.js';
import { createContinueAsModel } from '../../src/pages/continue-as/model.js';
import { createEmailModel } from '../../src/pages/email/model.js';
import { createFinishModel } from '../../src/pages/finish/model.js';
import { createNewPasswordModel } from '../../src/pages/new-password/model.js';
import { createPasswordModel } from '../../src/pages/password/model.js';
import { createRecoveryKeyModel } from '../../src/pages/recovery-key/model.js';
import { createResetCodeModel } from '../../src/pages/reset-code/model.js';
import { createResetPasswordModel } from '../../src/pages/reset-password/model.js';
import { createSecondStepModel } from '../../src/pages/second-step/model.js';
import { createSignUpModel } from '../../src/pages/sign-up/model.js';
import { createSignedInModel } from '../../src/pages/signed-in/model.js';
import { createUnblockModel } from '../../src/pages/unblock/model.js';
import type { Services } from '../../src/services.js';
import { testServer } from '../support/test-server.js';
import { oauthFlow, reset, rosa, testServices } from '../support/test-services.js';

const never = () => new Promise<Response>(() => undefined);

/** Every form there is, with the first request that submitting it makes. */
const forms: Record<string, [request: string, submit: (services: Services) => () => Promise<void>]> = {
  email: [
    'POST /account/status',
    (services) => {
      const model = createEmailModel(services);
      return () => model.submit('bo@example.org');
    },
  ],
  password: [
    'POST /account/credentials/status',
    (services) => {
      const model = createPasswordModel(services);
      return () => model.submit('a fox in the den');
    },
  ],
  'sign-up': [
    'POST /account/create',
    (services) => {
      const model = createSignUpModel(services, async () => () => false);
      return () => model.submit('a fox in the den', 'a fox in the den');
    },
  ],
  'confirm-code': [
    'POST /session/verify_code',
    (services) => {
      const model = createConfirmCodeModel(services);
      return () => model.submit('123456');
    },
  ],
  'second-step': [
    'POST /session/verify/totp',
    (services) => {
      services.navigation.go('/signin_totp_code');
      const model = createSecondStepModel(services);
      return () => model.submit('123456');
    },
  ],
  unblock: [
    'POST /account/credentials/status',
    (services) => {
      services.visit.block({ email: 'bo@example.org', password: 'a fox in the den' });
      const model = createUnblockModel(services);
      return () => model.submit('A1B2C3D4');
    },
  ],
  'reset-password': [
    'POST /password/forgot/send_otp',
    (services) => {
      const model = createResetPasswordModel(services);
      return () => model.submit('bo@example.org');
    },
  ],
  'reset-code': [
    'POST /password/forgot/verify_otp',
    (services) => {
      const model = createResetCodeModel(services);
      return () => model.submit('12345678');
    },
  ],
  'recovery-key': [
    'POST /password/forgot/verify_code',
    (services) => {
      services.navigation.go('/account_recovery_confirm_key', { reset });
      const model = createRecoveryKeyModel(services);
      return () => model.submit('A'.repeat(32));
    },
  ],
  'new-password': [
    'POST /password/forgot/verify_code',
    (services) => {
      services.navigation.go('/complete_reset_password', { reset });
      const model = createNewPasswordModel(services, async () => () => false);
      return () => model.submit('a fox in the den', 'a fox in the den');
    },
  ],
  'continue-as': ['GET /session/status', (services) => createContinueAsModel(services).submit],
  consent: ['GET /session/status', (services) => createConsentModel(services).submit],
  finish: ['GET /session/status', (services) => createFinishModel(services).submit],
  'signed-in': ['POST /session/destroy', (services) => createSignedInModel(services).signOut],
};

describe('a form that is submitted three times at once', () => {
  it.each(Object.entries(forms))(
    'is sent once: %s',
    async (_, [request, submitOf]) => {
      let asked: () => void = () => undefined;
      const first = new Promise<void>((resolve) => {
        asked = resolve;
      });
      const server = testServer({
        [request]: () => {
          asked();
          return never();
        },
      });
      const flow = { oauth: oauthFlow() };
      const services = testServices({ account: rosa, server, flow, state: { email: rosa.email, codeSent: true } });
      const submit = submitOf(services);
      void submit();
      // The server never answers, so whatever was sent would leave these two waiting as the first one is.
      await Promise.all([submit(), submit()]);
      await first;
      expect(server.calls()).toEqual([request]);
    },
    5_000,
  );
});
