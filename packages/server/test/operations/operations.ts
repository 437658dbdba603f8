import { randomBytes } from 'node:crypto';
import {
  accountCreate,
  accountDestroy,
  accountLogin,
  accountReset,
  bytesToHex,
  openRecoveryData,
  passwordChangeFinish,
  passwordChangeStart,
  passwordForgotVerifyCode,
  recoveryKeyCreate,
  recoveryKeyDelete,
  recoveryKeyGet,
  sessionVerifyTotp,
  totpCreate,
  totpDestroy,
  totpSetupComplete,
  totpSetupVerify,
  totpVerify,
} from '@foxden/protocol';
import { codeOf } from '../support/authenticator.js';
import { beginReset, recoveryKeyFor, tokenIdOf } from '../support/passwords.js';
import { confirm } from '../support/person.js';
import type { TestServer } from '../support/test-server.js';
import { type Account, type State, sessionsOf, withAccount, withPassword } from './account.js';
import { authPW, credentialsFor, EMAIL } from './credentials.js';

/** What an operation may choose. */
export interface Choices {
  readonly password: string;
  readonly isVersion2: boolean;
}

/** Something that a person does to the account. */
export interface Operation {
  readonly name: string;
  possible(state: State): boolean;
  /**
   * Does it and gives the state afterwards. Before the request that decides, it tells which state that request leads to:
   * if the server dies, either the old state or that one is true.
   */
  run(server: TestServer, state: State, choices: Choices, deciding: (after: State) => void): Promise<State>;
}

function accountOf({ account }: State): Account {
  if (account === undefined) throw new Error('no account');
  return account;
}

function kBOf(state: State): string {
  const { kB } = accountOf(state);
  if (kB === undefined) throw new Error('kB was not looked at');
  return kB;
}

/** A code that was not used before: the clock moves on to the next one. */
export function freshCode(server: TestServer, secret: string): string {
  server.clock.advance(30_000);
  return codeOf(secret, server.clock.now());
}

/** A session that may change everything. */
export async function signIn(server: TestServer, account: Account): Promise<string> {
  const body = { email: EMAIL, authPW: await authPW(1, account.password) };
  const { sessionToken } = await server.ok(accountLogin, { body });
  if (account.totpSecret !== undefined) {
    const code = freshCode(server, account.totpSecret);
    const { success } = await server.ok(sessionVerifyTotp, { token: ['sessionToken', sessionToken], body: { code } });
    if (!success) throw new Error('the authenticator was not believed');
  }
  return sessionToken;
}

const sessionOf = (server: TestServer, state: State): Promise<string> | string =>
  accountOf(state).session ?? signIn(server, accountOf(state));

const exists = ({ account }: State): boolean => account !== undefined;

const signUp: Operation = {
  name: 'sign up',
  possible: ({ account }) => account === undefined,
  async run(server, state, { password, isVersion2 }, deciding) {
    const kB = isVersion2 ? randomBytes(32).toString('hex') : undefined;
    const credentials = isVersion2
      ? await credentialsFor(password, kB ?? '', true)
      : { authPW: await authPW(1, password) };
    const { uid, sessionToken } = await server.ok(accountCreate, {
      body: { email: EMAIL, ...credentials, verificationMethod: 'email-otp' },
    });
    const after: State = {
      ...state,
      account: {
        uid,
        password,
        kB,
        isVersion2,
        totpSecret: undefined,
        recoveryKey: undefined,
        session: sessionToken,
        others: [],
      },
      formerPasswords: state.formerPasswords.filter((old) => old !== password),
    };
    deciding(after);
    await confirm(server, EMAIL, sessionToken);
    return after;
  },
};

const changePassword: Operation = {
  name: 'change the password',
  possible: exists,
  async run(server, state, { password, isVersion2 }, deciding) {
    const account = accountOf(state);
    const session = await sessionOf(server, state);
    const token = ['sessionToken', session] as const;
    const { passwordChangeToken } = await server.ok(passwordChangeStart, {
      token,
      body: { email: EMAIL, oldAuthPW: await authPW(1, account.password) },
    });
    const isUpgrade = isVersion2 && !account.isVersion2 && password === account.password;
    const after = isUpgrade
      ? withAccount(state, { isVersion2, session })
      : withPassword(withAccount(state, { session }), { password, isVersion2 });
    deciding(after);
    const { sessionToken } = await server.ok(passwordChangeFinish, {
      token: ['passwordChangeToken', passwordChangeToken],
      body: { ...(await credentialsFor(password, kBOf(state), isVersion2)), sessionToken: await tokenIdOf(session) },
    });
    return isUpgrade ? after : withAccount(after, { session: sessionToken });
  },
};

/** An accountResetToken, with all proofs that the account asks for. */
async function resetToken(server: TestServer, state: State, withKey: boolean): Promise<string> {
  const { totpSecret } = accountOf(state);
  const { token: forgot, code } = await beginReset(server, EMAIL);
  const token = ['passwordForgotToken', forgot] as const;
  if (totpSecret !== undefined && !withKey) {
    await server.ok(totpVerify, { token, body: { code: freshCode(server, totpSecret) } });
  }
  const body = { code, accountResetWithRecoveryKey: withKey };
  return (await server.ok(passwordForgotVerifyCode, { token, body })).accountResetToken;
}

const resetWithoutKey: Operation = {
  name: 'reset the password without the recovery key',
  possible: exists,
  async run(server, state, { password, isVersion2 }, deciding) {
    const token = ['accountResetToken', await resetToken(server, state, false)] as const;
    const kB = isVersion2 ? randomBytes(32).toString('hex') : undefined;
    const credentials = isVersion2
      ? await credentialsFor(password, kB ?? '', true)
      : { authPW: await authPW(1, password) };
    const after = withPassword(state, { password, isVersion2, kB, recoveryKey: undefined });
    deciding(after);
    const { sessionToken } = await server.ok(accountReset, { token, body: { ...credentials, sessionToken: true } });
    return withAccount(after, { session: sessionToken });
  },
};

const resetWithKey: Operation = {
  name: 'reset the password with the recovery key',
  possible: ({ account }) => account?.recoveryKey !== undefined,
  async run(server, state, { password, isVersion2 }, deciding) {
    const { uid, recoveryKey } = accountOf(state);
    if (recoveryKey === undefined) throw new Error('no recovery key');
    const { key, recoveryKeyId } = recoveryKey;
    const token = ['accountResetToken', await resetToken(server, state, true)] as const;
    const { recoveryData } = await server.ok(recoveryKeyGet, { token, params: { recoveryKeyId } });
    const kB = bytesToHex(await openRecoveryData(key, uid, recoveryData));
    if (kB !== kBOf(state)) throw new Error('the recovery key opens to another kB');
    const after = withPassword(state, { password, isVersion2, recoveryKey: undefined });
    deciding(after);
    const credentials = await credentialsFor(password, kB, isVersion2);
    const body = { ...credentials, recoveryKeyId, sessionToken: true };
    const { sessionToken } = await server.ok(accountReset, { token, body });
    return withAccount(after, { session: sessionToken });
  },
};

const turnTotpOn: Operation = {
  name: 'turn two-step authentication on',
  possible: ({ account }) => account !== undefined && account.totpSecret === undefined,
  async run(server, state, _choices, deciding) {
    const session = await sessionOf(server, state);
    const token = ['sessionToken', session] as const;
    const { secret } = await server.ok(totpCreate, { token });
    await server.ok(totpSetupVerify, { token, body: { code: freshCode(server, secret) } });
    const after = withAccount(state, { totpSecret: secret, session });
    deciding(after);
    await server.ok(totpSetupComplete, { token });
    return after;
  },
};

const turnTotpOff: Operation = {
  name: 'turn two-step authentication off',
  possible: ({ account }) => account?.totpSecret !== undefined,
  async run(server, state, _choices, deciding) {
    const session = await sessionOf(server, state);
    const after = withAccount(state, { totpSecret: undefined, session });
    deciding(after);
    await server.ok(totpDestroy, { token: ['sessionToken', session] });
    return after;
  },
};

const storeRecoveryKey: Operation = {
  name: 'make a recovery key',
  possible: exists,
  async run(server, state, _choices, deciding) {
    const session = await sessionOf(server, state);
    const made = await recoveryKeyFor(accountOf(state).uid, kBOf(state), randomBytes(1)[0]);
    const { key, recoveryKeyId, recoveryData } = made;
    const after = withAccount(state, { recoveryKey: { key, recoveryKeyId }, session });
    deciding(after);
    const body = { recoveryKeyId, recoveryData, replaceKey: true };
    await server.ok(recoveryKeyCreate, { token: ['sessionToken', session], body });
    return after;
  },
};

const removeRecoveryKey: Operation = {
  name: 'remove the recovery key',
  possible: ({ account }) => account?.recoveryKey !== undefined,
  async run(server, state, _choices, deciding) {
    const session = await sessionOf(server, state);
    const after = withAccount(state, { recoveryKey: undefined, session });
    deciding(after);
    await server.ok(recoveryKeyDelete, { token: ['sessionToken', session] });
    return after;
  },
};

const signInElsewhere: Operation = {
  name: 'sign in elsewhere',
  possible: exists,
  async run(server, state) {
    const session = await signIn(server, accountOf(state));
    return withAccount(state, { others: [...accountOf(state).others, session] });
  },
};

const deleteAccount: Operation = {
  name: 'delete the account',
  possible: exists,
  async run(server, state, _choices, deciding) {
    const account = accountOf(state);
    const session = await sessionOf(server, state);
    const after: State = {
      account: undefined,
      formerPasswords: [...state.formerPasswords, account.password],
      endedSessions: [...state.endedSessions, ...sessionsOf({ ...account, session })],
    };
    deciding(after);
    const body = { email: EMAIL, authPW: await authPW(1, account.password) };
    await server.ok(accountDestroy, { token: ['sessionToken', session], body });
    return after;
  },
};

export const OPERATIONS: readonly Operation[] = [
  signUp,
  changePassword,
  resetWithoutKey,
  resetWithKey,
  turnTotpOn,
  turnTotpOff,
  storeRecoveryKey,
  removeRecoveryKey,
  signInElsewhere,
  deleteAccount,
];
