import { describe, expect, it } from 'vitest';
import { nextStep, type Situation, type Step } from '../../src/flow/next-step.js';

const members = [
  'signedIn',
  'acknowledged',
  'emailVerified',
  'secondStepNeeded',
  'sessionVerified',
  'awaited',
  'passwordNeeded',
  'syncChoiceNeeded',
  'consentNeeded',
] as const satisfies readonly (keyof Situation)[];

/** Every situation there is. */
const all: Situation[] = Array.from({ length: 2 ** members.length }, (_, bits) =>
  Object.fromEntries(members.map((member, index) => [member, ((bits >> index) & 1) === 1])),
) as unknown as Situation[];

const ready: Situation = {
  signedIn: true,
  acknowledged: true,
  emailVerified: true,
  secondStepNeeded: false,
  sessionVerified: true,
  awaited: true,
  passwordNeeded: false,
  syncChoiceNeeded: false,
  consentNeeded: false,
};

describe('the next step', () => {
  it.each<[Step, Partial<Situation>]>([
    ['authorize', {}],
    ['enter-email', { signedIn: false }],
    ['continue-as', { acknowledged: false }],
    ['enter-password', { acknowledged: false, passwordNeeded: true }],
    ['confirm-sign-up', { emailVerified: false, sessionVerified: false, passwordNeeded: true, consentNeeded: true }],
    ['confirm-sign-in', { sessionVerified: false, passwordNeeded: true, consentNeeded: true }],
    ['second-step', { secondStepNeeded: true, sessionVerified: false, passwordNeeded: true, consentNeeded: true }],
    ['second-step', { secondStepNeeded: true, awaited: false }],
    ['enter-password', { passwordNeeded: true, consentNeeded: true }],
    ['choose-sync', { syncChoiceNeeded: true, consentNeeded: true }],
    ['enter-password', { passwordNeeded: true, syncChoiceNeeded: true }],
    ['consent', { consentNeeded: true }],
    ['signed-in', { awaited: false, acknowledged: false, passwordNeeded: true, consentNeeded: true }],
    ['confirm-sign-up', { awaited: false, emailVerified: false }],
  ])('is %s where %o', (step, change) => {
    expect(nextStep({ ...ready, ...change })).toBe(step);
  });

  it('answers an application only when nothing at all is left to ask, in every situation there is', () => {
    const answered = all.filter((situation) => nextStep(situation) === 'authorize');
    expect(answered).toEqual([ready]);
  });

  it('never asks anything for somebody who does not wait', () => {
    const steps = new Set(all.filter(({ awaited }) => !awaited).map(nextStep));
    expect([...steps].sort()).toEqual([
      'confirm-sign-in',
      'confirm-sign-up',
      'enter-email',
      'second-step',
      'signed-in',
    ]);
  });

  it('asks nobody but a signed-in person for anything but their address', () => {
    expect(new Set(all.filter(({ signedIn }) => !signedIn).map(nextStep))).toEqual(new Set(['enter-email']));
  });
});
