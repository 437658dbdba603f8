// Imports run downwards only: between packages, and between the rooms of the server. Type-only imports may look up.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Package → packages of ours it may import. */
const PACKAGES = {
  protocol: [],
  'auth-client': ['protocol'],
  'in-app-auth': ['protocol', 'auth-client'],
  'fxa-client': ['protocol', 'auth-client'],
  webchannel: ['protocol'],
  pairing: ['protocol'],
  web: ['protocol', 'auth-client', 'webchannel', 'pairing'],
  database: [],
  server: ['protocol', 'database'],
  'sync-server': ['protocol', 'database'],
  cli: ['protocol', 'auth-client', 'fxa-client', 'server', 'sync-server'],
};

/** Packages that run in browsers too: nothing of Node in them. */
const ISOMORPHIC = ['protocol', 'auth-client', 'in-app-auth', 'fxa-client', 'webchannel', 'pairing', 'web'];

/** Rooms of the server, lowest first; a room imports from itself and from below. Files beside them come after. */
const ROOMS = [
  'storage',
  'config',
  'tokens',
  'languages',
  'http',
  'limits',
  'mail',
  'notifications',
  'security',
  'devices',
  'push',
  'accounts',
  'credentials',
  'sessions',
  'emails',
  'unblock',
  'mfa',
  'oauth',
  'attached',
  'commands',
  'recovery',
  'profile',
  'auth',
  'addresses',
  'settings',
  'absent',
  'graphql',
  'pairing',
  'pages',
];
/** Files of the server that every room may import. */
const FOUNDATION = ['errors.ts', 'context.ts', 'version.ts'];

const IMPORT = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

const problems = [];
for (const [name, allowed] of Object.entries(PACKAGES)) {
  const root = join('packages', name, 'src');
  for (const file of sources(root)) {
    for (const [, type, target] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const complain = (why) => problems.push(`${file} imports ${target}: ${why}`);
      const ours = /^@foxden\/([^/]+)(\/.*)?$/.exec(target);
      if (ours !== null && !allowed.includes(ours[1])) complain(`${name} may not import ${ours[1]}`);
      if (ours?.[2] !== undefined) complain('only the package itself is public');
      if (target.startsWith('node:') && ISOMORPHIC.includes(name)) complain('this package also runs in browsers');
      if (name === 'server' && type === undefined && target.startsWith('.')) {
        const from = relative(root, file);
        const to = relative(root, resolve(dirname(file), target)).replace(/\.js$/, '.ts');
        if (rank(to) > rank(from)) complain('this runs upwards');
      }
    }
  }
}

function rank(path) {
  if (FOUNDATION.includes(path)) return -1;
  const room = path.split('/')[0];
  const index = ROOMS.indexOf(room);
  if (index < 0 && path.includes('/')) problems.push(`packages/server/src/${room} is not in the list of rooms`);
  return index < 0 ? ROOMS.length : index;
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
