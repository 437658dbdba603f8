// Requests per second on one core: ours, the peer and the ceiling in turns, so that all of them see the same machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '../measure/processes.mjs';
import { measure, SERVER_CORE, summary } from '../measure/rounds.mjs';
import { median } from '../measure/statistics.mjs';
import { EXCHANGE_CLIENT, grant, JWT_CLIENT, OPAQUE_CLIENT, signUp } from '../servers/person.mjs';
import { graphqlCases } from './graphql.mjs';

/** Connections of a case whose requests follow from each other. */
const CHAINS = 16;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** @returns rows of the table */
export async function throughput({ rounds, seconds, only, progress }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'foxden-bench-'));
  const start = (module) =>
    startProcess(module, {
      core: SERVER_CORE,
      settings: { dataDir, ...(module.startsWith('peer') && { chains: CHAINS }) },
    });
  const [ours, peer, raw, mercurius] = await Promise.all(
    ['servers/ours.mjs', 'peer/server.mjs', 'servers/raw.mjs', 'servers/mercurius.mjs'].map(start),
  );
  try {
    const all = [
      ...(await defineCases(ours.ready, peer.ready)),
      ...(await graphqlCases(ours.ready, mercurius.ready)).map((each) => ({ peerProcess: mercurius, ...each })),
    ];
    const cases = all.filter(({ name }) => name.includes(only));
    const rows = [];
    for (const { name, jobs, against, bar, peerProcess = peer } of cases) {
      progress(name);
      const targets = {
        ours: { pid: ours.pid, job: jobs.ours },
        ...(jobs.peer !== undefined && { peer: { pid: (jobs.peerIsOurs ? ours : peerProcess).pid, job: jobs.peer } }),
        raw: { pid: raw.pid, job: { ...jobs.ours, follow: undefined, url: raw.ready.url } },
      };
      rows.push({ name, against, bar, ...(await measure(targets, rounds, seconds)) });
    }
    return rows.map(toRow);
  } finally {
    await Promise.all([ours, peer, raw, mercurius].map((process) => process.stop()));
    rmSync(dataDir, { recursive: true });
  }
}

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:refresh_token',
  scope: 'profile',
};

async function defineCases(ours, peer) {
  const person = await signUp(ours, 'holder');
  const opaque = await grant(ours, person, OPAQUE_CLIENT);
  const signing = await grant(ours, person, JWT_CLIENT);
  const exchanging = await Promise.all(Array.from({ length: CHAINS }, () => grant(ours, person, EXCHANGE_CLIENT)));
  const profileHeaders = { authorization: `Bearer ${opaque.access_token}` };
  const etag = (await fetch(`${ours.url}/v1/profile`, { headers: profileHeaders })).headers.get('etag');
  const form = (url, members) => ({
    url,
    method: 'POST',
    headers: FORM,
    bodies: [String(new URLSearchParams(members))],
  });
  const refresh = (url, client_id, refresh_token) =>
    form(url, { grant_type: 'refresh_token', client_id, refresh_token });
  return [
    {
      name: 'introspection (opaque access token)',
      jobs: {
        ours: form(`${ours.url}/v1/introspect`, { token: opaque.access_token }),
        peer: form(`${peer.url}/token/introspection`, { token: peer.accessToken, client_id: peer.clientId }),
      },
      against: 'peer',
      bar: 2,
    },
    {
      name: 'refresh grant (opaque access token)',
      jobs: {
        ours: refresh(`${ours.url}/v1/token`, OPAQUE_CLIENT, opaque.refresh_token),
        peer: refresh(`${peer.url}/token`, peer.clientId, peer.opaqueRefreshToken),
      },
      against: 'peer',
      bar: 1.5,
    },
    {
      // Each side stores one access token and signs one RS256 JWT: ours is the access token, the peer's the ID token.
      name: 'RS256 grant (refresh, one JWT signed)',
      jobs: {
        ours: refresh(`${ours.url}/v1/token`, JWT_CLIENT, signing.refresh_token),
        peer: refresh(`${peer.url}/token`, peer.clientId, peer.signingRefreshToken),
      },
      against: 'peer',
      bar: 1.5,
    },
    {
      // Both sides end one refresh token, and store another one with an access token.
      name: 'token exchange (the peer: refresh with rotation)',
      jobs: {
        ours: {
          ...form(`${ours.url}/v1/token`, {}),
          bodies: exchanging.map(({ refresh_token }) =>
            String(new URLSearchParams({ ...EXCHANGE, subject_token: refresh_token })),
          ),
          follow: { from: 'refresh_token', into: 'subject_token' },
        },
        peer: {
          ...form(`${peer.url}/token`, {}),
          bodies: peer.rotatingRefreshTokens.map((refresh_token) =>
            String(
              new URLSearchParams({ grant_type: 'refresh_token', client_id: peer.rotatingClientId, refresh_token }),
            ),
          ),
          follow: { from: 'refresh_token', into: 'refresh_token' },
        },
      },
      // The disk decides: ours waits until what it answered survives a power cut.
      against: 'peer',
    },
    {
      name: 'userinfo',
      jobs: {
        ours: { url: `${ours.url}/v1/profile`, headers: profileHeaders },
        peer: { url: `${peer.url}/me`, headers: { authorization: `Bearer ${peer.userinfoToken}` } },
      },
      against: 'peer',
      bar: 1,
    },
    {
      // The peer has no tags: it answers in full.
      name: 'profile that has not changed (304)',
      jobs: {
        ours: { url: `${ours.url}/v1/profile`, headers: { ...profileHeaders, 'if-none-match': etag } },
        peer: { url: `${peer.url}/me`, headers: { authorization: `Bearer ${peer.userinfoToken}` } },
      },
      against: 'peer',
      bar: 1,
    },
    {
      name: 'session status (Bearer fxs_)',
      jobs: {
        ours: { url: `${ours.url}/v1/session/status`, headers: { authorization: person.authorization } },
      },
      against: 'raw',
      bar: 0.3,
    },
  ];
}

function toRow({ name, against, bar, results, failed }) {
  // Pair by pair: what slows the machine in one round slows both.
  const ratio = median(results.ours.map(({ rate }, round) => rate / results[against][round].rate));
  return {
    case: name,
    ours: summary(results.ours),
    peer: results.peer === undefined ? '' : summary(results.peer),
    raw: summary(results.raw),
    ratio: against === 'raw' ? `${Math.round(ratio * 100)} % of raw` : `${ratio.toFixed(2)} × peer`,
    bar: barText(against, bar),
    met: failed === 0 && ratio >= (bar ?? 0),
    note: failed === 0 ? '' : `${failed} requests failed`,
  };
}

function barText(against, bar) {
  if (bar === undefined) return 'none';
  return against === 'raw' ? `≥ ${bar * 100} %` : `≥ ${bar} ×`;
}
