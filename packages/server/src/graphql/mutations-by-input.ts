import {
  accountCreate,
  accountCredentialsStatus,
  accountKeys,
  accountLogin,
  accountReset,
  type BodyOf,
  bytesToHex,
  deriveToken,
  hexToBytes,
  openKeyBundle,
  passwordChangeFinish,
  passwordChangeStart,
  passwordForgotSendCode,
  passwordForgotStatus,
  passwordForgotVerifyCode,
  recoveryEmailVerifyCode,
  rejectUnblockCode,
  sessionReauth,
} from '@foxden/protocol';
import { authError } from '../errors.js';
import { byInput, type Operation } from './operation.js';
import { tokenOf } from './proofs.js';

type SignInBody = BodyOf<typeof accountLogin>;
type ChangeBody = BodyOf<typeof passwordChangeFinish>;

interface PasswordVersion2 {
  readonly wrapKb: string;
  readonly authPWVersion2: string;
  readonly wrapKbVersion2: string;
  readonly clientSalt: string;
}

interface Keys {
  readonly keys?: boolean;
}

interface SignInInput extends Pick<SignInBody, 'email' | 'authPW'> {
  readonly options: Omit<SignInBody, 'email' | 'authPW'> & Keys;
}

interface SignUpInput extends Pick<SignInBody, 'email' | 'authPW'> {
  readonly passwordV2?: PasswordVersion2;
  readonly options: Keys &
    Pick<BodyOf<typeof accountCreate>, 'service' | 'redirectTo' | 'resume' | 'verificationMethod' | 'metricsContext'>;
}

interface ChangeInput extends Omit<ChangeBody, 'sessionToken'> {
  readonly passwordChangeToken: string;
  /** The token itself; the twin wants its id. */
  readonly sessionToken?: string;
  readonly keys?: string;
}

interface ResetInput {
  readonly accountResetToken: string;
  readonly newPasswordAuthPW: string;
  readonly newPasswordV2?: PasswordVersion2;
  readonly options?: Keys & { readonly sessionToken?: boolean };
}

const keysQuery = (keys: boolean | undefined) => ({ keys: keys === true ? ('true' as const) : ('false' as const) });

const signIn = ({ email, authPW, options: { keys, ...options } }: SignInInput) => ({
  query: keysQuery(keys),
  body: { ...options, email, authPW },
});

/** Mutations whose proof is in their input: passwords, codes, tokens (graphql §4.3). */
export const anonymousMutations = {
  reauthSession: byInput(sessionReauth, {
    proof: tokenOf('sessionToken', ({ sessionToken }: SignInInput & { sessionToken: string }) => sessionToken),
    parts: signIn,
    payload: (answer) => answer,
  }),
  signUp: byInput(accountCreate, {
    parts: ({ email, authPW, passwordV2, options: { keys, ...options } }: SignUpInput) => {
      const { service, redirectTo, resume, verificationMethod, metricsContext } = options;
      return {
        query: keysQuery(keys),
        body: { ...passwordV2, email, authPW, service, redirectTo, resume, verificationMethod, metricsContext },
      };
    },
    payload: (answer) => answer,
  }),
  signIn: byInput(accountLogin, { parts: signIn, payload: (answer) => answer }),
  // Accounts that others prepare for a person do not exist here.
  finishSetup: {
    guard: 'none',
    level: 'session',
    twins: [],
    async resolve() {
      throw authError('FEATURE_NOT_ENABLED');
    },
  },
  credentialStatus: byInput(accountCredentialsStatus, {
    parts: (email: string) => ({ body: { email } }),
    payload: (answer) => ({ ...answer, version: answer.currentVersion }),
  }),
  passwordChangeStart: byInput(passwordChangeStart, {
    async proof(gateway, input: BodyOf<typeof passwordChangeStart> & { sessionToken?: string }) {
      const { sessionToken } = input;
      if (sessionToken === undefined) return undefined;
      return tokenOf('sessionToken', () => sessionToken)(gateway, input);
    },
    parts: ({ email, oldAuthPW }) => ({ body: { email, oldAuthPW } }),
    payload: (answer) => answer,
  }),
  passwordChangeFinish: byInput(passwordChangeFinish, {
    proof: tokenOf('passwordChangeToken', ({ passwordChangeToken }: ChangeInput) => passwordChangeToken),
    async parts({ passwordChangeToken: _, sessionToken, keys, ...credentials }: ChangeInput) {
      return {
        query: keysQuery(keys === 'true'),
        body: { ...credentials, sessionToken: sessionToken === undefined ? undefined : await tokenIdOf(sessionToken) },
      };
    },
    payload: (answer) => answer,
  }),
  wrappedAccountKeys: byInput(accountKeys, {
    proof: tokenOf('keyFetchToken', (keyFetchToken: string) => keyFetchToken),
    async payload({ bundle }, keyFetchToken: string) {
      const { bundleKey } = await deriveToken('keyFetchToken', hexToBytes(keyFetchToken));
      const { kA, wrapKb } = await openKeyBundle(bundleKey, hexToBytes(bundle));
      return { kA: bytesToHex(kA), wrapKB: bytesToHex(wrapKb) };
    },
  }),
  passwordForgotSendCode: byInput(passwordForgotSendCode, {
    parts: ({ email, service, redirectTo, resume, metricsContext }: BodyOf<typeof passwordForgotSendCode>) => ({
      body: { email, service, redirectTo, resume, metricsContext },
    }),
    payload: ({ passwordForgotToken }) => ({ passwordForgotToken }),
  }),
  passwordForgotVerifyCode: byInput(passwordForgotVerifyCode, {
    proof: tokenOf('passwordForgotToken', ({ token }: { token: string; code: string }) => token),
    parts: ({ code }: { token: string; code: string }) => ({ body: { code } }),
    payload: ({ accountResetToken }) => ({ accountResetToken }),
  }),
  passwordForgotCodeStatus: byInput(passwordForgotStatus, {
    proof: tokenOf('passwordForgotToken', ({ token }: { token: string }) => token),
    payload: ({ tries, ttl }) => ({ tries, ttl }),
  }),
  accountReset: byInput(accountReset, {
    proof: tokenOf('accountResetToken', ({ accountResetToken }: ResetInput) => accountResetToken),
    parts: ({ newPasswordAuthPW, newPasswordV2, options = {} }: ResetInput) => ({
      query: keysQuery(options.keys),
      body: { ...newPasswordV2, authPW: newPasswordAuthPW, sessionToken: options.sessionToken },
    }),
    payload: (answer) => answer,
  }),
  rejectUnblockCode: byInput(rejectUnblockCode, {
    parts: ({ uid, unblockCode }: BodyOf<typeof rejectUnblockCode>) => ({
      body: { uid, unblockCode: unblockCode.toUpperCase() },
    }),
  }),
  emailVerifyCode: byInput(recoveryEmailVerifyCode, {
    parts: ({ uid, code, service }: BodyOf<typeof recoveryEmailVerifyCode>) => ({ body: { uid, code, service } }),
  }),
} satisfies Readonly<Record<string, Operation>>;

/** @throws INVALID_TOKEN for text that is no token */
async function tokenIdOf(sessionToken: string): Promise<string> {
  if (!/^[a-fA-F0-9]{64}$/.test(sessionToken)) throw authError('INVALID_TOKEN');
  return (await deriveToken('sessionToken', hexToBytes(sessionToken.toLowerCase()))).tokenId;
}
