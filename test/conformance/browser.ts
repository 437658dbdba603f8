import { createAuthClient } from '@foxden/auth-client';
import { createAccountStore, type StoredAccount } from '../../packages/web/src/account/stored-account.js';
import { createVisit } from '../../packages/web/src/account/visit.js';
import { beginFlow } from '../../packages/web/src/flow/begin.js';
import { readFlow } from '../../packages/web/src/flow/flow.js';
import type { Problem } from '../../packages/web/src/flow/problem.js';
import { answerSilently } from '../../packages/web/src/flow/silent.js';
import { createConsentModel } from '../../packages/web/src/pages/consent/model.js';
import { createContinueAsModel } from '../../packages/web/src/pages/continue-as/model.js';
import { createEmailModel } from '../../packages/web/src/pages/email/model.js';
import { createLogoutModel } from '../../packages/web/src/pages/logout/model.js';
import { createPasswordModel } from '../../packages/web/src/pages/password/model.js';
import { choosePage, type PageName } from '../../packages/web/src/routing/choose-page.js';
import { isStep } from '../../packages/web/src/routing/routes.js';
import type { Services } from '../../packages/web/src/services.js';
import { memoryStorage } from '../../packages/web/test/support/memory-storage.js';
import { type TestNavigation, testNavigation } from '../../packages/web/test/support/test-navigation.js';
import { testConfig } from '../../packages/web/test/support/test-services.js';
import { testTimers } from '../../packages/web/test/support/test-timers.js';

/** What became of a visit: where the browser was sent, or what the page shows. */
export interface Visited {
  readonly left: URL | undefined;
  readonly problem: Problem | undefined;
  /** The pages that the person saw, in their order. */
  readonly pages: readonly string[];
}

interface Person {
  readonly email: string;
  readonly password: string;
}

export interface Browser {
  /** Who is signed in here. */
  account(): StoredAccount | undefined;
  signIn(account: StoredAccount | undefined): void;
  /** Opens a URL of the server, with the person doing what is asked for. */
  visit(url: URL | string): Promise<Visited>;
}

interface PageServices extends Services {
  readonly navigation: TestNavigation;
}

/** The pages of the server as they are, without what draws them, before a person who agrees to everything. */
export function browser(serverUrl: string, person: Person, now: () => number): Browser {
  const client = createAuthClient({ baseUrl: serverUrl });
  const accounts = createAccountStore(memoryStorage(), new EventTarget());

  /** As the first script does it. */
  async function visit(target: URL | string): Promise<Visited> {
    const url = new URL(target);
    const navigation = testNavigation(`${url.pathname}${url.search}`);
    const place = navigation.here();
    const beginning = isStep(place.path)
      ? await beginFlow({ client, accounts, issuer: serverUrl }, place)
      : ({ kind: 'flow', flow: readFlow(place.path, place.query) } as const);
    if (beginning.kind === 'problem') return { left: undefined, problem: beginning.problem, pages: [] };
    if (beginning.kind === 'answer') return { left: new URL(beginning.url), problem: undefined, pages: [] };
    const { flow } = beginning;
    const openChannel = async () => undefined;
    const config = testConfig({ issuer: serverUrl });
    const onAccountChange = () => undefined;
    const parts = { client, accounts, visit: createVisit(), navigation, flow };
    const { after } = testTimers();
    const services: PageServices = { ...parts, openChannel, config, onAccountChange, now, after };
    if (flow.oauth?.request.prompt === 'none') {
      return { left: new URL(await answerSilently(services, flow.oauth)), problem: undefined, pages: [] };
    }
    const pages = await walk(services, person);
    const left = navigation.left.at(-1);
    return { left: left === undefined ? undefined : new URL(left), problem: undefined, pages };
  }

  return { account: accounts.get, signIn: accounts.set, visit };
}

/** No flow has more steps than that. */
const MOST_STEPS = 10;

async function walk(services: PageServices, person: Person): Promise<string[]> {
  const pages: string[] = [];
  while (services.navigation.left.length === 0 && pages.length < MOST_STEPS) {
    const page = choosePage(services);
    if (page === 'logout') return [(await signOut(services)) ? 'logout, asked' : 'logout'];
    pages.push(page);
    if (!(await act(page, services, person))) break;
  }
  return pages;
}

/** What the person does on a page; false where there is nothing to do. */
async function act(page: PageName, services: PageServices, { email, password }: Person): Promise<boolean> {
  switch (page) {
    case 'email':
      await createEmailModel(services).submit(services.flow.hint ?? email);
      return true;
    case 'password':
      await createPasswordModel(services).submit(password);
      return true;
    case 'continue-as':
      await createContinueAsModel(services).submit();
      return true;
    case 'consent':
      await createConsentModel(services).submit();
      return true;
    default:
      return false;
  }
}

/** Whether the person was asked, who says yes. */
async function signOut(services: PageServices): Promise<boolean> {
  const model = createLogoutModel(services);
  const settled = new Promise<void>((resolve) => {
    const look = () => {
      const { phase } = model.state.get();
      if (phase !== 'checking' || services.navigation.left.length > 0) resolve();
    };
    model.state.subscribe(look);
    services.accounts.subscribe(() => queueMicrotask(look));
  });
  model.start?.();
  await settled;
  if (model.state.get().phase !== 'asking') return false;
  await model.signOut();
  return true;
}
