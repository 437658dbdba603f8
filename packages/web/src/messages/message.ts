/** A text by its id in the Fluent files, with what is to be filled in. It can be kept, compared and stored as data. */
export interface Message {
  readonly id: string;
  readonly args?: Readonly<Record<string, string | number>>;
}

export function message(id: string, args?: Message['args']): Message {
  return args === undefined ? { id } : { id, args };
}
