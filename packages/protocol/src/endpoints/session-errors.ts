/** What is answered where the session has not proven all that the account asks for (auth-api §2.3, "verified session"). */
export const sessionErrors = ['UNVERIFIED_ACCOUNT', 'UNVERIFIED_SESSION', 'INSUFFICIENT_AAL'] as const;
