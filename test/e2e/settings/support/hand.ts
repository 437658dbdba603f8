import { until } from '../../support/until.js';
import type { PageDriver } from './page-driver.js';
import { type Survey, survey, USABLE } from './survey.js';

/** Somebody who works a page with one thing only: the keyboard, or a pointer and the letters. */
export interface Hand {
  open(url: string): Promise<void>;
  /** Waits for a page by the beginning of its heading. */
  arrives(heading: string): Promise<void>;
  /** Waits for something to be written on the page. */
  sees(text: string): Promise<void>;
  /** The text of an element; waits until it is there. */
  reads(selector: string): Promise<string>;
  /** What stands in a field. */
  valueOf(name: string): Promise<string | undefined>;
  /** How many things there are with this name, or a name that begins so. */
  counts(name: string): Promise<number>;
  /** Uses a button or a link. */
  press(name: string): Promise<void>;
  /** Chooses one of several. */
  pick(name: string): Promise<void>;
  /** Writes into a field, in the place of what is there. */
  write(name: string, text: string): Promise<void>;
  /** Gives a file to a field. */
  attach(name: string, path: string): Promise<void>;
}

/** The ways of a hand to reach a thing by its name. */
interface Reach {
  press(name: string): Promise<void>;
  pick(name: string): Promise<void>;
  /** So that letters go into it. */
  enter(name: string): Promise<void>;
  /** Reaches a file field. */
  reach(name: string): Promise<void>;
  /** Opens its dialog. */
  browse(name: string): Promise<void>;
}

const look = (driver: PageDriver): Promise<Survey> => driver.inPage(survey, USABLE);

/** The index of what has this name, or else a name that begins so. */
function indexOf({ things }: Survey, name: string): number {
  const exact = things.findIndex((thing) => thing.isShown && thing.name === name);
  return exact >= 0 ? exact : things.findIndex((thing) => thing.isShown && thing.name.startsWith(name));
}

/** Waits until the page has something with this name. */
async function find(driver: PageDriver, name: string): Promise<number> {
  await until(`“${name}”`, async () => (indexOf(await look(driver), name) < 0 ? undefined : true));
  // A page that was just drawn moves the focus a moment later. Nobody is so fast as to come before that.
  await driver.inPage(drawn);
  return indexOf(await look(driver), name);
}

/** Nothing but keys: Tab goes on, Shift+Tab back, Enter and Space use what has the focus. */
export function byKeyboard(driver: PageDriver): Hand {
  async function focus(name: string): Promise<void> {
    await find(driver, name);
    let turned: 'Tab' | 'Shift+Tab' | undefined;
    for (;;) {
      let last: Survey | undefined;
      const ask = async () => {
        last = await look(driver);
        return last.focus === 'lost' ? undefined : { seen: last, at: last.focus === 'heading' ? -1 : last.focus };
      };
      const { seen, at } = await until('the focus', ask, 3_000).catch((error: unknown) => {
        throw new Error(`the focus is lost on the way to “${name}”, on “${last?.heading}”: ${last?.text}`, {
          cause: error,
        });
      });
      // What was reached before may have been moved since by what came above it.
      const isSeen = seen.isFocusMarked && (turned === undefined || seen.isFocusInView);
      if (at >= 0 && !isSeen) throw new Error(`the focus on “${seen.things[at]?.name}” is not seen`);
      const wanted = indexOf(seen, name);
      if (at === wanted) return;
      const way = at < wanted ? 'Tab' : 'Shift+Tab';
      if (turned !== undefined && way !== turned) throw new Error(`Tab passes by “${name}”`);
      turned = way;
      await driver.press(way);
    }
  }
  return handOf(driver, {
    async press(name) {
      await focus(name);
      await driver.press('Enter');
    },
    async pick(name) {
      // Of several Tab reaches the chosen one; arrows choose another.
      const wanted = await find(driver, name);
      const chosen = await driver.inPage(chosenBeside, USABLE, wanted);
      const { things } = await look(driver);
      await focus(things[chosen]?.name ?? name);
      for (let step = chosen; step !== wanted; step += Math.sign(wanted - chosen)) {
        await driver.press(wanted > chosen ? 'ArrowDown' : 'ArrowUp');
      }
      await focus(name);
    },
    enter: focus,
    reach: focus,
    browse: () => driver.press('Space'),
  });
}

/** A pointer; letters are typed into what was clicked. */
export function byPointer(driver: PageDriver): Hand {
  const click = async (name: string) => driver.click(USABLE, await find(driver, name));
  const reach = async (name: string) => void (await find(driver, name));
  return handOf(driver, { press: click, pick: click, enter: click, reach, browse: click });
}

function handOf(driver: PageDriver, { press, pick, enter, reach, browse }: Reach): Hand {
  const waitFor = async (what: string, isThere: (seen: Survey) => boolean) => {
    let last: Survey | undefined;
    await until(what, async () => {
      // A page that is being left cannot be looked at.
      last = await look(driver).catch(() => last);
      return last !== undefined && isThere(last) ? true : undefined;
    }).catch((error: unknown) => {
      throw new Error(`instead of “${what}”, the page “${last?.heading}” says: ${last?.text}`, { cause: error });
    });
  };
  return {
    open: driver.open,
    arrives: (heading) => waitFor(heading, (seen) => seen.heading.startsWith(heading)),
    sees: (text) => waitFor(text, (seen) => seen.text.includes(text)),
    reads: (selector) =>
      until(selector, () =>
        driver.inPage((of: string) => document.querySelector(of)?.textContent ?? undefined, selector),
      ),
    valueOf: async (name) => {
      const index = await find(driver, name);
      return driver.inPage(
        (usable, at) => [...document.querySelectorAll<HTMLInputElement>(usable)][at]?.value,
        USABLE,
        index,
      );
    },
    counts: async (name) => (await look(driver)).things.filter((thing) => thing.name.startsWith(name)).length,
    press,
    pick,
    async write(name, text) {
      await enter(name);
      await driver.press('Control+a');
      await driver.type(text);
    },
    async attach(name, path) {
      await reach(name);
      const index = await find(driver, name);
      await driver.attach(USABLE, index, path, () => browse(name));
    },
  };
}

/** Runs in the page: waits until what it shows is drawn, and what comes after that is done. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  });
}

/** Runs in the page: which of several, of which one is given, is chosen. */
function chosenBeside(usable: string, index: number): number {
  const elements = [...document.querySelectorAll<HTMLInputElement>(usable)];
  const group = elements[index]?.name;
  return elements.findIndex((element) => element.name === group && element.checked);
}
