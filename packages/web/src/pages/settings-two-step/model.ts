import {
  beginTotpReplacement,
  completeTotpSetup,
  confirmTotpReplacement,
  createTotp,
  destroyTotp,
  getAccount,
  isAuthError,
  replaceBackupCodes,
  setFirstBackupCodes,
  verifyTotpSetup,
} from '@foxden/auth-client';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { type Attempt, attempt, readOnArrival } from '../../settings/attempt.js';
import { ownerOf, sessionOf } from '../../settings/owner.js';
import type { QrCode } from '../../settings/qr-code.js';
import { createStepUp, type StepUp } from '../../settings/step-up.js';
import { createStore } from '../../store.js';
import { digitsOf } from '../../ui/digits.js';
import type { Model } from '../../ui/use-model.js';
import { createBackupCodes } from './backup-codes.js';

export const TOTP_LENGTH = 6;

/** What an authenticator is set up with. */
export interface Offer {
  /** base32, in groups of four */
  readonly secret: string;
  readonly picture: QrCode;
}

export interface TwoStepState extends Attempt {
  readonly email: string;
  /** Undefined until the server has told it. */
  readonly isOn?: boolean;
  readonly codesLeft: number;
  /** An authenticator is being set up, in the place of the one in use if it is on. */
  readonly offer?: Offer | undefined;
  /** Backup codes that are shown this once. */
  readonly codes?: readonly string[] | undefined;
}

export interface TwoStepModel extends Model<TwoStepState> {
  readonly stepUp: StepUp;
  /** Sets an authenticator up, or another one. */
  begin(): Promise<void>;
  confirm(code: string): Promise<void>;
  replaceCodes(): Promise<void>;
  turnOff(): Promise<void>;
  /** The codes are kept, or the set-up is given up. */
  done(): void;
}

/** Two-step authentication (auth-api §6.10, §6.11). */
export function createTwoStepModel(services: Services, drawQrCode: (text: string) => Promise<QrCode>): TwoStepModel {
  const { client, config, onAccountChange } = services;
  const { email, uid } = ownerOf(services);
  const state = createStore<TwoStepState>({ email, busy: false, codesLeft: 0 });
  const stepUp = createStepUp(services, '2fa');

  async function read(): Promise<void> {
    const { totp, backupCodes } = await getAccount(client, sessionOf(services));
    state.set({ isOn: totp.verified, codesLeft: backupCodes.count });
  }

  async function turnOn(code: string): Promise<Message | undefined> {
    const codes = createBackupCodes(client.random);
    const done = await stepUp.run(async (token) => {
      await verifyTotpSetup(client, token, code);
      // Before it is on, so that nobody has a second step without another way through it.
      await setFirstBackupCodes(client, token, codes);
      await completeTotpSetup(client, token);
      return true;
    });
    if (done !== true) return undefined;
    onAccountChange({ kind: 'profile-changed', uid });
    state.set({ isOn: true, offer: undefined, codes, codesLeft: codes.length });
    return message('two-step-now-on');
  }

  /** The old authenticator works until this code is taken, the new one from then on; the backup codes stay. */
  async function replace(code: string): Promise<Message | undefined> {
    const done = await stepUp.run((token) => confirmTotpReplacement(client, token, code).then(() => true));
    if (done !== true) return undefined;
    onAccountChange({ kind: 'profile-changed', uid });
    state.set({ offer: undefined });
    return message('two-step-replaced');
  }

  return {
    state,
    stepUp,
    start() {
      readOnArrival(services, state, read);
      return undefined;
    },
    begin: () =>
      attempt(services, state, async () => {
        const offer = state.get().isOn === true ? beginTotpReplacement : createTotp;
        const created = await stepUp.run((token) => offer(client, token));
        if (created === undefined) return undefined;
        const { secret } = created;
        const picture = await drawQrCode(otpauthUri(config.siteName, email, secret));
        state.set({ offer: { secret: secret.replace(/(.{4})(?=.)/g, '$1 '), picture } });
        return undefined;
      }),
    async confirm(typed) {
      const code = digitsOf(typed);
      if (code.length !== TOTP_LENGTH) return state.set({ error: message('two-step-error-format') });
      await attempt(
        services,
        state,
        () => (state.get().isOn === true ? replace(code) : turnOn(code)),
        (failed) => (isAuthError(failed, 'INVALID_TOTP_CODE') ? message('two-step-error-wrong') : undefined),
      );
    },
    replaceCodes: () =>
      attempt(services, state, async () => {
        const codes = createBackupCodes(client.random);
        const done = await stepUp.run((token) => replaceBackupCodes(client, token, codes).then(() => true));
        if (done === true) state.set({ codes, codesLeft: codes.length });
        return done === true ? message('two-step-codes-replaced') : undefined;
      }),
    turnOff: () =>
      attempt(services, state, async () => {
        const done = await stepUp.run((token) => destroyTotp(client, token).then(() => true));
        if (done !== true) return undefined;
        onAccountChange({ kind: 'profile-changed', uid });
        state.set({ isOn: false, codes: undefined, codesLeft: 0 });
        return message('two-step-now-off');
      }),
    done: () => state.set({ codes: undefined, offer: undefined, notice: undefined, error: undefined }),
  };
}

/** What an authenticator reads from the picture: Google Authenticator's key URI format. */
function otpauthUri(site: string, email: string, secret: string): string {
  const issuer = encodeURIComponent(site);
  return `otpauth://totp/${issuer}:${encodeURIComponent(email)}?secret=${secret}&issuer=${issuer}`;
}
