import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';

export const serveCommand: Command = {
  name: 'serve',
  usage: '',
  summary: 'Run the server until it is told to stop',
  details:
    'Settings come from the environment: see "foxden config explain".\nSIGTERM and Ctrl+C let running requests finish first.',
  async run({ args, env, io }) {
    readArguments(args, {});
    const { serve } = await import('@foxden/server');
    const { syncMount } = await import('../sync-mount.js');
    return serve(env, io, (config) => (config.sync ? [syncMount] : []));
  },
};
