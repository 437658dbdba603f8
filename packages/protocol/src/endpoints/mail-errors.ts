/** What a request for a mail is answered when mails to the address come back (auth-api §4.2). */
export const mailErrors = ['EMAIL_COMPLAINT', 'EMAIL_HARD_BOUNCED', 'EMAIL_SOFT_BOUNCED'] as const;
