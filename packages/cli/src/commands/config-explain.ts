import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';

export const configExplainCommand: Command = {
  name: 'config explain',
  usage: '',
  summary: 'List every setting with its default and an example',
  async run({ args, io }) {
    readArguments(args, {});
    const { explainConfig } = await import('@foxden/server');
    io.out(explainConfig().trimEnd());
    return 0;
  },
};
