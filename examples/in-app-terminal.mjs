// Signing in from a terminal: every screen is drawn from the state of the machine alone.
//   FOXDEN_URL=http://127.0.0.1:3030 CLIENT_ID=… node examples/in-app-terminal.mjs
//   FOXDEN_URL=http://127.0.0.1:3030 CLIENT_ID=… node examples/in-app-terminal.mjs delete rosa@example.com
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { createAuthClient } from '@foxden/auth-client';
import {
  AuthenticationInApp,
  errorMessage,
  failureMessage,
  format,
  publicClient,
  textBundle,
} from '@foxden/in-app-auth';

const {
  FOXDEN_URL = 'http://127.0.0.1:3030',
  CLIENT_ID = '',
  REDIRECT_URI = 'http://127.0.0.1/signed-in',
} = process.env;
const [command, signedInAs] = process.argv.slice(2);

const client = createAuthClient({ baseUrl: FOXDEN_URL, timeout: 15_000 });
const relyingParty = publicClient({
  client,
  authorizationUrl: `${FOXDEN_URL}/authorization`,
  clientId: CLIENT_ID,
  redirectUri: REDIRECT_URI,
  scope: 'profile',
});
const machine = new AuthenticationInApp({ client, relyingParty });
const texts = textBundle();

let isSecret = false;
const screen = new Writable({
  write(chunk, encoding, done) {
    if (!isSecret) process.stdout.write(chunk, encoding);
    done();
  },
});
const terminal = createInterface({ input: process.stdin, output: screen, terminal: process.stdin.isTTY });
terminal.on('SIGINT', () => {
  if (machine.state.methods.includes('cancel')) machine.cancel();
  terminal.close();
});

const say = (line) => process.stdout.write(`${line}\n`);
const ask = async (question) => (await terminal.question(`${question} `)).trim();

async function askPassword(question) {
  process.stdout.write(`${question} `);
  isSecret = true;
  try {
    return await terminal.question('');
  } finally {
    isSecret = false;
    say('');
  }
}

async function askNewPassword() {
  for (;;) {
    const password = await askPassword('Choose a password:');
    if (!machine.validatePasswordLength(password)) say('It needs eight characters at least.');
    else if (!machine.validatePasswordEmail(password)) say('It is too close to your address.');
    else if (!(await machine.validatePasswordCommons(password))) say('Everybody tries that one first.');
    else return password;
  }
}

/** Asks for a code; `r` mails it again, `b` goes back. */
async function askCode(question, { verify, resend }) {
  const code = await ask(question);
  if (code === 'b' && machine.state.methods.includes('reset')) return machine.reset();
  if (code !== 'r' || resend === undefined) return verify(code);
  resend();
  say('The code is on its way once more.');
  return askCode(question, { verify, resend });
}

/** One screen: asks what the state asks for, and calls what the state allows. */
async function show(state) {
  if (state.error !== undefined) say(format(texts, errorMessage(state.error)));
  switch (state.name) {
    case 'Start':
      return machine.checkAccount(await ask('Your email address:'));
    case 'SignIn':
      machine.setPassword(await askPassword(`The password of ${state.emailAddress}:`));
      return machine.signIn();
    case 'SignUp':
      say(`${state.emailAddress} has no account yet.`);
      machine.setPassword(await askNewPassword());
      return machine.signUp();
    case 'UnblockCodeNeeded':
      return askCode(`This sign-in is blocked. The ${state.codeLength} characters that were mailed to you (r, b):`, {
        verify: (code) => machine.verifyUnblockCode(code),
        resend: () => machine.resendUnblockCodeEmail(),
      });
    case 'VerificationSessionByEmailNeeded':
      return askCode(`The ${state.codeLength} digits that were mailed to you (r, b):`, {
        verify: (code) => machine.verifySessionEmailCode(code),
        resend: () => machine.resendVerificationSessionCodeEmail(),
      });
    case 'VerificationSessionByTotpNeeded':
      return askCode(`The ${state.codeLength} digits of your authenticator (b):`, {
        verify: (code) => machine.verifySessionTotpCode(code),
      });
    case 'IsStubAccount':
    case 'IsSsoAccount':
      say(`This account has no password. Set one at ${FOXDEN_URL}, then try again.`);
      return machine.checkAccount(await ask('Your email address:'));
    case 'AccountDeletionRequest':
      say(`Signed in to this account: ${state.attachedClients.join(', ') || 'nothing else'}.`);
      return (await ask('Type “delete” to delete it for good:')) === 'delete'
        ? machine.deleteAccount()
        : machine.cancel();
    default:
      throw new Error(`there is nothing to do in ${state.name}`);
  }
}

/** The next state that waits for the person. */
function nextScreen() {
  return new Promise((resolve) => {
    const look = () => {
      if (!machine.state.methods.some((method) => method !== 'cancel' && method !== 'start')) return;
      stop();
      resolve(machine.state);
    };
    const stop = machine.subscribe(look);
    look();
  });
}

// A flow may end, by Ctrl-C for one, while a question waits for its answer.
const result = machine.start(command === 'delete' ? { type: 'accountDeletion', email: signedInAs } : {});
for (;;) {
  const state = await Promise.race([nextScreen(), result.then(() => undefined)]);
  if (state === undefined) break;
  await Promise.race([show(state), result]);
}

const end = await result;
switch (end.type) {
  case 'completed':
    say(`Signed in, with an access token for ${end.result.scope}.`);
    break;
  case 'accountDeleted':
    say('The account is deleted.');
    break;
  case 'failed':
    say(format(texts, failureMessage(end.failure)));
    process.exitCode = 1;
    break;
  default:
    say('Cancelled.');
}
terminal.close();
