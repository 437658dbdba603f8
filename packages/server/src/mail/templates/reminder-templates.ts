import type { Template } from './template.js';

/** Reminds of an address that is not proven yet; the link says which of the reminders it came from. */
export const verificationReminderFirst: Template<'verificationReminderFirst'> = verification('first');
export const verificationReminderSecond: Template<'verificationReminderSecond'> = verification('second');
export const verificationReminderFinal: Template<'verificationReminderFinal'> = verification('final');

/** Reminds of connecting another device, when the person asked for it. */
export const cadReminderFirst: Template<'cadReminderFirst'> = connectAnotherDevice();
export const cadReminderSecond: Template<'cadReminderSecond'> = connectAnotherDevice();

type VerificationReminder = 'verificationReminderFirst' | 'verificationReminderSecond' | 'verificationReminderFinal';

function verification(reminder: 'first' | 'second' | 'final'): Template<VerificationReminder> {
  return {
    version: 1,
    compose: ({ uid, values: { code }, link }) => ({
      headers: { 'X-Verify-Code': code },
      action: link('/verify_email', { uid, code, reminder }),
    }),
  };
}

function connectAnotherDevice(): Template<'cadReminderFirst' | 'cadReminderSecond'> {
  return { version: 1, compose: ({ link }) => ({ action: link('/connect_another_device') }) };
}
