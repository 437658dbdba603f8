/** What a test can do with the page of a browser, by the keys and the pointer that people have. */
export interface PageDriver {
  open(url: string): Promise<void>;
  /** Runs a function in the page; arguments and result are JSON. */
  inPage<A extends readonly unknown[], R>(run: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** Presses a key where the focus is. */
  press(key: Key): Promise<void>;
  /** Presses the keys of a text where the focus is. */
  type(text: string): Promise<void>;
  /** Clicks in the middle of one of the elements that a selector finds. */
  click(selector: string, index: number): Promise<void>;
  /**
   * Gives a file to one of the file fields that a selector finds, in the place of the system's dialog.
   * @param use opens that dialog
   */
  attach(selector: string, index: number, path: string, use: () => Promise<void>): Promise<void>;
}

export type Key = 'Tab' | 'Shift+Tab' | 'Enter' | 'Space' | 'ArrowDown' | 'ArrowUp' | 'Control+a';
