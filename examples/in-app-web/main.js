// Signing in inside a web application: the page is drawn from the state of the machine and from nothing else.
import { createAuthClient } from '@foxden/auth-client';
import {
  AuthenticationInApp,
  errorMessage,
  failureMessage,
  format,
  publicClient,
  textBundle,
} from '@foxden/in-app-auth';

const query = new URLSearchParams(location.search);
const baseUrl = query.get('server') ?? 'http://127.0.0.1:3030';
const client = createAuthClient({ baseUrl, timeout: 15_000 });
const relyingParty = publicClient({
  client,
  authorizationUrl: `${baseUrl}/authorization`,
  clientId: query.get('client_id') ?? '',
  redirectUri: query.get('redirect_uri') ?? '',
  scope: 'profile',
});
const machine = new AuthenticationInApp({ client, relyingParty, isOnline: () => navigator.onLine });
const texts = textBundle();
const screen = document.querySelector('#screen');

/** An element with properties and children. */
const h = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** A form with one field; `act` gets what was typed. */
const form = ({ label, button, act, ...field }) => {
  const input = h('input', { name: 'value', required: true, ...field });
  const submit = (event) => {
    event.preventDefault();
    act(input.value);
  };
  return h('form', { onsubmit: submit }, h('label', {}, label, h('br'), input), h('button', {}, button));
};

const codeForm = (label, length, act) =>
  form({ label, button: 'Confirm', act, minLength: length, maxLength: length, autocomplete: 'one-time-code' });

const LINKS = {
  resendUnblockCodeEmail: 'Mail the code again',
  resendVerificationSessionCodeEmail: 'Mail the code again',
  reset: 'Use another address',
  cancel: 'Cancel',
};

/** Buttons for what the state allows besides its form. */
const links = ({ methods }) =>
  Object.entries(LINKS)
    .filter(([method]) => methods.includes(method))
    .map(([method, text]) => h('button', { className: 'quiet', onclick: () => machine[method]() }, text));

async function signUp(password) {
  const complaint = !machine.validatePasswordLength(password)
    ? 'It needs eight characters at least.'
    : !machine.validatePasswordEmail(password)
      ? 'It is too close to your address.'
      : (await machine.validatePasswordCommons(password))
        ? undefined
        : 'Everybody tries that one first.';
  if (complaint !== undefined) return draw(machine.state, complaint);
  machine.setPassword(password);
  machine.signUp();
}

/** What a state shows. */
function content(state) {
  switch (state.name) {
    case 'Start':
    case 'IsStubAccount':
    case 'IsSsoAccount':
      return [
        h('h1', {}, state.name === 'Start' ? 'Who are you?' : 'This account has no password yet'),
        form({
          label: 'Email address',
          button: 'Continue',
          type: 'email',
          value: state.emailAddress,
          act: (value) => machine.checkAccount(value),
        }),
      ];
    case 'SignIn':
      return [
        h('h1', {}, 'Welcome back'),
        form({
          label: `The password of ${state.emailAddress}`,
          button: 'Sign in',
          type: 'password',
          act(value) {
            machine.setPassword(value);
            machine.signIn();
          },
        }),
      ];
    case 'SignUp':
      return [
        h('h1', {}, 'Create an account'),
        form({ label: `A password for ${state.emailAddress}`, button: 'Create', type: 'password', act: signUp }),
      ];
    case 'UnblockCodeNeeded':
      return [
        h('h1', {}, 'This sign-in is blocked'),
        codeForm('The characters that were mailed to you', state.codeLength, (code) => machine.verifyUnblockCode(code)),
      ];
    case 'VerificationSessionByEmailNeeded':
      return [
        h('h1', {}, 'Look into your mail'),
        codeForm('The digits that were mailed to you', state.codeLength, (code) =>
          machine.verifySessionEmailCode(code),
        ),
      ];
    case 'VerificationSessionByTotpNeeded':
      return [
        h('h1', {}, 'One more step'),
        codeForm('The digits of your authenticator', state.codeLength, (code) => machine.verifySessionTotpCode(code)),
      ];
    case 'AccountDeletionRequest':
      return [
        h('h1', {}, 'Delete the account?'),
        h('ul', {}, ...state.attachedClients.map((name) => h('li', {}, name))),
        h('button', { onclick: () => machine.deleteAccount() }, 'Delete it for good'),
      ];
    case 'FallbackInBrowser':
      return [h('a', { href: state.url }, 'Go on in the browser')];
    case 'Initializing':
    case 'CheckingAccount':
    case 'SigningIn':
    case 'SigningUp':
    case 'VerifyingUnblockCode':
    case 'VerifyingSessionEmailCode':
    case 'VerifyingSessionTotpCode':
    case 'Finalizing':
    case 'DeletingAccount':
      return [h('p', { ariaBusy: 'true' }, 'One moment …')];
    default:
      throw new Error(`a state without a screen: ${state.name}`);
  }
}

function draw(state, complaint) {
  const error = complaint ?? (state.error && format(texts, errorMessage(state.error)));
  const notice = error === undefined ? [] : [h('p', { className: 'error', role: 'alert' }, error)];
  screen.replaceChildren(...notice, ...content(state), ...links(state));
  screen.querySelector('input')?.focus();
}

function drawEnd(end) {
  const text = {
    completed: () => 'You are signed in.',
    accountDeleted: () => 'The account is deleted.',
    failed: () => format(texts, failureMessage(end.failure)),
    leftToBrowser: () => 'Go on in the browser.',
    reauthenticated: () => 'That is you.',
    aborted: () => 'Cancelled.',
  }[end.type]();
  screen.replaceChildren(h('h1', {}, text), h('button', { onclick: run }, 'Begin again'));
}

async function run() {
  const email = query.get('delete');
  drawEnd(await machine.start(email === null ? {} : { type: 'accountDeletion', email }));
}

machine.subscribe((event) => {
  if (event.type === 'stateChanged' || event.type === 'errorOccurred') draw(machine.state);
});
run();
