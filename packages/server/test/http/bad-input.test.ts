import { allEndpoints } from '@foxden/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { badRequests } from '../support/bad-input.js';
import { type Refuser, startRefuser } from '../support/refusal.js';

const CASES = 300;
/** Milliseconds. */
const TIME_LIMIT = 25_000;

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
      // Without the limit, a failure would be shrunk for longer than anybody waits.
      { numRuns: CASES, interruptAfterTimeLimit: TIME_LIMIT, markInterruptAsFailure: true },
    );
  });
});
