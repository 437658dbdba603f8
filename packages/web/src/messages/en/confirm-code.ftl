### The six digits from an email.

confirm-sign-up-heading = Enter the code from your email
confirm-sign-up-lead = We sent six digits to { $email }, to be sure that the address is yours.
confirm-sign-in-heading = Enter the code from your email
confirm-sign-in-lead = This is a new place to sign in from. We sent six digits to { $email }, to be sure that it is you.
confirm-label = Code
confirm-action = Confirm
confirm-busy = Confirming…
confirm-resend = Send a new code
confirm-resent = A new code is on its way to { $email }.
confirm-error-missing = Enter the code from the email.
confirm-error-format = The code has six digits.
confirm-error-wrong = This code is wrong or too old. Check the newest email, or have a new code sent.
