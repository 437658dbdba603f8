// The account query by GraphQL: beside REST for the same data, and beside a GraphQL server that has nothing to look up.
import { signUp } from '../servers/person.mjs';

const QUERY = `query GetAccount {
  account {
    uid metricsEnabled
    emails { email isPrimary verified } totp { exists verified } backupCodes { hasBackupCodes count }
    attachedClients { name isCurrentSession userAgent lastAccessTime }
  }
  session { verified }
}`;

/** @returns cases for `throughput` */
export async function graphqlCases(ours, mercurius) {
  const { sessionToken, authorization } = await signUp(ours, 'querying');
  const ask = (url, headers) => ({
    url: `${url}/graphql`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    bodies: [JSON.stringify({ query: QUERY })],
  });
  const byGraphql = ask(ours.url, { authorization: `Bearer ${sessionToken}` });
  return [
    {
      // REST needs a second request for what is attached; GraphQL has it in the same answer.
      name: 'account by GraphQL (the peer: GET /account of ours)',
      jobs: {
        ours: byGraphql,
        peer: { url: `${ours.url}/v1/account`, headers: { authorization } },
        peerIsOurs: true,
      },
      against: 'peer',
      bar: 0.3,
    },
    {
      name: 'account by GraphQL (the peer: mercurius, no database)',
      jobs: { ours: byGraphql, peer: ask(mercurius.url, {}) },
      against: 'peer',
      bar: 0.03,
    },
  ];
}
