### Digits that a change of the account wants first.

step-up-heading = Confirm that it is you
step-up-lead = This change needs a code. We sent six digits to { $email }.
step-up-label = Code
step-up-action = Confirm
step-up-resend = Send a new code
step-up-resent = A new code is on its way to { $email }.
step-up-error-format = The code has six digits.
step-up-error-wrong = This code is wrong or too old. Check the newest email, or have a new code sent.
