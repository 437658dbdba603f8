### A sign-in that needs a mailed code to pass.

unblock-heading = Enter the code from your email
unblock-lead = There were many attempts to sign in to this account. To be sure that it is you, we sent a code of eight letters and digits to { $email }.
unblock-lead-hidden = There were many attempts to sign in with this address. If { $email } has an account here, a code of eight letters and digits is on its way to it.
unblock-label = Code
unblock-action = Continue
unblock-busy = Signing in…
unblock-resend = Send a new code
unblock-resent = A new code is on its way to { $email }.
unblock-error-missing = Enter the code from the email.
unblock-error-format = The code has eight letters and digits.
unblock-error-wrong = This code is wrong or too old. Check the newest email, or have a new code sent.
