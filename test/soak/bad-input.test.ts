import { allEndpoints } from '@foxden/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { badRequests } from '../../packages/server/test/support/bad-input.js';
import { type Refuser, startRefuser } from '../../packages/server/test/support/refusal.js';

const CASES = 3000;

let refuser: Refuser;
beforeAll(async () => {
  refuser = await startRefuser();
});
afterAll(() => refuser.close());

describe('ten times the bad input of the everyday tests: a documented 4xx, no error logged, no table changed', () => {
  test.each(Object.entries(allEndpoints()))('%s', async (name, endpoint) => {
    await fc.assert(
      fc.asyncProperty(badRequests(name, endpoint, refuser.holdings), (request) =>
        refuser.expectRefusal(endpoint, request),
      ),
      { numRuns: CASES },
    );
  });
});
