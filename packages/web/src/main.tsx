import './styles/main.css';
import { createAuthClient } from '@foxden/auth-client';
import { isFirefox, type PageChannel } from '@foxden/webchannel';
import { type ComponentChild, render } from 'preact';
import type { AccountChange } from './account/account-change.js';
import { createAccountStore } from './account/stored-account.js';
import { createVisit } from './account/visit.js';
import { App, Frame } from './app.js';
import { namesBrowser } from './browser/browser-flow.js';
import { readConfig } from './config.js';
import { missingAbility } from './environment.js';
import { type BeginInBrowser, type BeginPairing, beginFlow } from './flow/begin.js';
import { readFlow } from './flow/flow.js';
import type { Problem } from './flow/problem.js';
import { chosenLanguage } from './messages/chosen-language.js';
import { resource as base } from './messages/en/base.ftl';
import { message } from './messages/message.js';
import { createMessages } from './messages/messages.js';
import { translations } from './messages/translations.js';
import { createNavigation } from './routing/navigation.js';
import { isSettings, isStep } from './routing/routes.js';
import { ServicesContext } from './services.js';
import { type Site, SiteContext } from './site.js';
import { createAfter } from './timers.js';
import { Broken } from './ui/broken.js';
import { Loading } from './ui/loading.js';

const config = readConfig(document);
const navigation = createNavigation(window);
const messages = createMessages(wantedLanguages(), translations);
const site: Site = { config, messages, navigation };
const after = createAfter(window);
const root = document.getElementById('page') ?? document.body;

/** What the person has chosen, then what their browser asks for; also where storage is blocked. */
function wantedLanguages(): readonly string[] {
  try {
    return [chosenLanguage(localStorage) ?? [], navigator.languages].flat();
  } catch {
    return navigator.languages;
  }
}

function show(content: ComponentChild): void {
  render(
    <SiteContext.Provider value={site}>
      <Frame>{content}</Frame>
    </SiteContext.Provider>,
    root,
  );
}

async function showProblem(problem: Problem): Promise<void> {
  try {
    const page = await import('./pages/problem/page.js');
    await messages.add(page.messages);
    show(<page.ProblemPage problem={problem} />);
  } catch {
    show(<Broken />);
  }
}

async function start(): Promise<void> {
  root.replaceChildren();
  await messages.add({ name: 'base', english: base });
  document.documentElement.lang = messages.locale;
  document.documentElement.dir = messages.format(message('text-direction'));
  const missing = missingAbility(globalThis);
  if (missing !== undefined) return showProblem({ kind: missing });
  show(<Loading />);

  const client = createAuthClient({ baseUrl: new URL('.', document.baseURI).href });
  const accounts = createAccountStore(localStorage, window);
  let channel: Promise<PageChannel | undefined> | undefined;
  const openChannel = () => {
    channel ??= isFirefox(navigator.userAgent)
      ? import('./browser/open-channel.js').then((module) => module.openChannel(window, after))
      : Promise.resolve(undefined);
    return channel;
  };
  const place = navigation.here();
  const beginInBrowser: BeginInBrowser = async (flow, query) => {
    const browser = await import('./browser/index.js');
    await messages.add(browser.messages);
    const begin = isSettings(place.path) ? browser.beginBrowserSettings : browser.beginBrowserFlow;
    return begin({ client, accounts, channel: await openChannel(), storage: sessionStorage }, flow, query);
  };
  const surroundings = { client, accounts, issuer: config.issuer };
  const pairing: BeginPairing = async (flow, place) => {
    const { beginPairing } = await import('./pairing/index.js');
    return beginPairing({ ...surroundings, config, openChannel, navigation, after }, flow, place);
  };
  const beginning =
    isStep(place.path) || (isSettings(place.path) && namesBrowser(place.query))
      ? await beginFlow(surroundings, place, beginInBrowser, pairing)
      : ({ kind: 'flow', flow: readFlow(place.path, place.query) } as const);
  if (beginning.kind === 'problem') return showProblem(beginning.problem);
  if (beginning.kind === 'answer') return navigation.leave(beginning.url);

  const { flow } = beginning;
  const visit = createVisit();
  if (isSettings(place.path)) visit.headFor(place.path);
  const onAccountChange = (change: AccountChange) => {
    import('./browser/tell-change.js')
      .then((module) => module.tellChange({ openChannel }, change))
      .catch(() => undefined);
  };
  const parts = { client, accounts, visit, navigation, flow, openChannel, config };
  const services = { ...parts, onAccountChange, now: Date.now, after };
  if (flow.oauth?.request.prompt === 'none') {
    const { answerSilently } = await import('./flow/silent.js');
    return answerSilently(services, flow.oauth).then(navigation.leave, () => showProblem({ kind: 'unreachable' }));
  }
  show(
    <ServicesContext.Provider value={services}>
      <App />
    </ServicesContext.Provider>,
  );
}

void start();
