import type { Endpoint, MfaAction } from '@foxden/protocol';
import { stepUp } from './authenticator.js';
import { authPWOf, signUp } from './person.js';
import type { CallOptions } from './send.js';
import type { FailedBody, TestServer } from './test-server.js';

export const HEX_32 = '0'.repeat(32);
export const HEX_64 = '0'.repeat(64);
const ACTIONS: readonly MfaAction[] = ['2fa', 'email', 'password', 'recovery_key'];

/** An account with a session and a step-up token for each kind of change. */
export interface Persona {
  readonly email: string;
  readonly uid: string;
  readonly sessionToken: string;
  readonly stepUp: Readonly<Record<string, string>>;
}

/** Signs somebody up whose address is not yet in use. */
export async function createPersona(server: TestServer, email: string): Promise<Persona> {
  const { uid, sessionToken } = await signUp(server, email);
  const stepUps: Record<string, string> = {};
  for (const action of ACTIONS) {
    stepUps[`mfa:${action}`] = (await stepUp(server, email, sessionToken, action)).authorization;
  }
  return { email, uid, sessionToken, stepUp: stepUps };
}

/** The way an endpoint wants the person to be proven. */
export function proofOf(endpoint: Endpoint, person: Persona): Pick<CallOptions<Endpoint>, 'token' | 'headers'> {
  const [scheme = 'none'] = endpoint.authentication;
  if (scheme === 'none') return {};
  if (scheme === 'sessionToken') return { token: ['sessionToken', person.sessionToken] };
  return { headers: { authorization: person.stepUp[scheme] ?? '' } };
}

/** A body that is right in form, for the endpoints that need one; `mfa…` endpoints have that of their twins. */
export async function rightBody(name: string, { email }: Pick<Persona, 'email'>): Promise<unknown> {
  const authPW = await authPWOf(email);
  const bodies: Record<string, unknown> = {
    accountAuthorizationDestroy: { clientId: HEX_64.slice(0, 16) },
    accountDevice: { id: HEX_32 },
    accountDeviceDestroy: { id: HEX_32 },
    accountDevicesNotify: { to: 'all', payload: { version: 1, command: 'fxaccounts:profile_updated' } },
    accountInvokeCommand: { target: HEX_32, command: 'example', payload: {} },
    attachedClientDestroy: { deviceId: HEX_32 },
    oauthLogout: { client_id: HEX_64.slice(0, 16) },
    accountCreate: { email, authPW },
    accountCredentialsStatus: { email },
    accountDestroy: { email, authPW },
    accountEmailBounceStatus: { email },
    accountLocale: { locale: 'en' },
    accountLogin: { email, authPW },
    accountMetricsOpt: { state: 'in' },
    accountStatus: { email },
    mfaOtpRequest: { action: 'email' },
    mfaOtpVerify: { action: 'email', code: '000000' },
    mfaPasswordChange: { email, oldAuthPW: authPW, authPW: HEX_64, wrapKb: HEX_64 },
    passwordChangeStart: { email, oldAuthPW: authPW },
    passwordCreate: { authPW: HEX_64 },
    passwordForgotResendCode: { email },
    passwordForgotSendCode: { email },
    passwordForgotSendOtp: { email },
    passwordForgotVerifyCode: { code: HEX_32 },
    passwordForgotVerifyOtp: { email, code: '00000000' },
    recoveryCodesCreate: { recoveryCodes: ['aaaaaaaa'] },
    recoveryCodesUpdate: { recoveryCodes: ['aaaaaaaa'] },
    recoveryEmailCreate: { email: `another.${email}` },
    recoveryEmailDestroy: { email: `another.${email}` },
    recoveryEmailResendCode: { email: `another.${email}` },
    recoveryEmailSecondaryResendCode: { email: `another.${email}` },
    recoveryEmailSecondaryVerifyCode: { email: `another.${email}`, code: '000000' },
    recoveryEmailSetPrimary: { email: `another.${email}` },
    recoveryEmailVerifyCode: { uid: HEX_32, code: HEX_32 },
    recoveryKeyCreate: { recoveryKeyId: HEX_32, recoveryData: 'a.b.c' },
    recoveryKeyExists: { email },
    recoveryKeyHintSet: { hint: 'in the drawer' },
    recoveryKeyVerify: { recoveryKeyId: HEX_32 },
    rejectUnblockCode: { uid: HEX_32, unblockCode: 'AAAAAAAA' },
    sendUnblockCode: { email },
    sessionReauth: { email, authPW },
    sessionVerifyCode: { code: '000000' },
    sessionVerifyRecoveryCode: { code: 'aaaaaaaa' },
    sessionVerifyTotp: { code: '000000' },
    totpReplaceConfirm: { code: '000000' },
    totpSetupVerify: { code: '000000' },
    totpVerify: { code: '000000' },
    totpVerifyRecoveryCode: { code: 'aaaaaaaa' },
  };
  return bodies[name] ?? bodies[twinOf(name)];
}

function twinOf(name: string): string {
  return name.replace(/^mfa(.)/, (_, letter: string) => letter.toLowerCase());
}

/** Calls an endpoint for a person, with a right body unless another one is given. */
export async function refusal(
  server: TestServer,
  name: string,
  endpoint: Endpoint,
  person: Persona,
  options: CallOptions<Endpoint> = {},
): Promise<FailedBody> {
  const body = endpoint.body === undefined ? {} : { body: await rightBody(name, person) };
  return server.fails(endpoint, { ...proofOf(endpoint, person), ...body, ...options });
}
