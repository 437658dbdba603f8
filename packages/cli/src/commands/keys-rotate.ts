import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { withAdministration } from '../with-administration.js';

export const keysRotateCommand: Command = {
  name: 'keys rotate',
  usage: '[--immediately]',
  summary: 'Change the key that signs ID tokens',
  details: `The new key is published at once and signs two hours later, when everybody who verifies tokens has seen it.

Options:
  --immediately   It signs now, and what older keys signed is void: for a key that leaked`,
  async run({ args, env, io }) {
    const { values } = readArguments(args, { immediately: { type: 'boolean' } });
    const immediately = values.immediately === true;
    const kid = await withAdministration(env, ({ keys }) => keys.rotate({ immediately }));
    const effect = immediately ? 'it signs now, and older keys are void' : 'it signs two hours after it was made';
    io.out(`The newest signing key is ${kid}; ${effect}.`);
    return 0;
  },
};
