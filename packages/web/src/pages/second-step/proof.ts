import {
  isAuthError,
  verifyResetBackupCode,
  verifyResetTotp,
  verifySessionBackupCode,
  verifySessionTotp,
} from '@foxden/auth-client';
import { advance } from '../../flow/advance.js';
import { entryPath } from '../../flow/steps.js';
import { beginAgain, hasEnded, showNextStep } from '../../reset/steps.js';
import type { Services } from '../../services.js';

/** What a second step is for: a sign-in, or a reset of the password. */
export interface Proof {
  readonly email: string;
  /** False when the code is wrong. */
  totp(code: string): Promise<boolean>;
  backupCode(code: string): Promise<boolean>;
  /** Goes on after a right code. */
  goOn(): Promise<void>;
  /** Goes where nothing is left to prove: the session or the reset has ended. */
  end(): Promise<void>;
  hasEnded(error: unknown): boolean;
  readonly paths: Readonly<Record<'authenticator' | 'backup', string>>;
  /** The other way, where the account has one: the recovery key stands in for the second factor. */
  readonly useRecoveryKey?: () => void;
  readonly leave: () => void;
}

export function proofOf(services: Services): Proof {
  return services.navigation.here().state.reset === undefined ? signInProof(services) : resetProof(services);
}

function signInProof(services: Services): Proof {
  const { accounts, client, flow, navigation } = services;
  const account = accounts.get();
  if (account === undefined) throw new Error('a second step is asked for, but nobody is signed in');
  const { email, sessionToken, uid } = account;
  return {
    email,
    totp: (code) => verifySessionTotp(client, sessionToken, { code, service: flow.service }),
    backupCode: (code) => accepted(verifySessionBackupCode(client, sessionToken, code)),
    async goOn() {
      services.visit.acknowledge(uid);
      await advance(services);
    },
    end: () => advance(services),
    hasEnded: (error) => isAuthError(error, 'INVALID_TOKEN', 'TOTP_NOT_FOUND'),
    paths: { authenticator: '/signin_totp_code', backup: '/signin_recovery_code' },
    leave: () => navigation.go(entryPath(services), { page: 'email' }),
  };
}

function resetProof(services: Services): Proof {
  const { client, navigation } = services;
  const { reset } = navigation.here().state;
  if (reset === undefined) throw new Error('a second step is asked for, but nothing is reset');
  const { email, token } = reset;
  const goOn = async () => showNextStep(services, { ...reset, secondStepNeeded: false });
  return {
    email,
    totp: (code) => verifyResetTotp(client, token, code),
    backupCode: (code) => accepted(verifyResetBackupCode(client, token, code)),
    goOn,
    end: async () => beginAgain(services, email),
    hasEnded: (error) => hasEnded(error) || isAuthError(error, 'TOTP_NOT_FOUND'),
    paths: { authenticator: '/confirm_totp_reset_password', backup: '/confirm_backup_code_reset_password' },
    ...(reset.hasRecoveryKey && { useRecoveryKey: () => navigation.go('/account_recovery_confirm_key', { reset }) }),
    leave: () => navigation.go(entryPath(services), { page: 'email' }),
  };
}

async function accepted(verification: Promise<number>): Promise<boolean> {
  try {
    await verification;
    return true;
  } catch (error) {
    if (isAuthError(error, 'BACKUP_CODE_NOT_FOUND')) return false;
    throw error;
  }
}
