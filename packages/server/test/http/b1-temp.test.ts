import { allEndpoints } from '@foxden/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { badRequests } from '../support/bad-input.js';
import { type Refuser, startRefuser } from '../support/refusal.js';
let refuser: Refuser;
beforeAll(async () => { refuser = await startRefuser(); });
afterAll(() => refuser.close());
describe('x', () => {
  test.each(Object.entries(allEndpoints()).filter(([n]) => /otp|ecoveryCode|mfa|sessionV/i.test(n)))('%s', async (name, endpoint) => {
    await fc.assert(
      fc.asyncProperty(badRequests(name, endpoint, refuser.holdings).filter(r => !/%|\/v0|.{3000}/.test(r.path)), (request) => refuser.expectRefusal(endpoint, request)),
      { numRuns: 100 },
    );
  });
});
