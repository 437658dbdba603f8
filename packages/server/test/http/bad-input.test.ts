import { allEndpoints } from '@foxden/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { badRequests } from '../support/bad-input.js';
import { type Refuser, startRefuser } from '../support/refusal.js';

const CASES = 300;

let refuser: Refuser;
beforeAll(async () => {
  refuser = await startRefuser();
});
afterAll(() => refuser.close());

describe('a request that is wrong somewhere gets a documented 4xx, logs no error and changes no table', () => {
  test.each(Object.entries(allEndpoints()))('%s', async (name, endpoint) => {
    await fc.assert(
      fc.asyncProperty(badRequests(name, endpoint, refuser.holdings), (request) =>
        refuser.expectRefusal(endpoint, request),
      ),
      { numRuns: CASES },
    );
  });
});
