### A forgotten password: the address, and the eight digits from an email.

reset-password-heading = Reset your password
reset-password-lead = Enter the email address of your account. We send a code to it, so that nobody but you can choose a new password.
reset-password-label = Email address
reset-password-action = Send the code
reset-password-busy = Sending…
reset-password-sign-in = Back to signing in
reset-password-error-missing = Enter your email address.
reset-password-error-format = This is not an email address. It should look like name@example.org.
reset-password-error-unknown = There is no confirmed account with this address. Check it and try again.

notice-reset-again = That took too long, or was used already. Begin again to have a new code sent.

reset-code-heading = Enter the code from your email
reset-code-lead = We sent eight digits to { $email }. They work for ten minutes.
reset-code-lead-hidden = If { $email } has an account here, eight digits are on their way to it. They work for ten minutes.
reset-code-label = Code
reset-code-action = Continue
reset-code-busy = Checking…
reset-code-resend = Send a new code
reset-code-resent = A new code is on its way to { $email }.
reset-code-resent-hidden = If { $email } has an account here, a new code is on its way to it.
reset-code-another = Use another address
reset-code-error-missing = Enter the code from the email.
reset-code-error-format = The code has eight digits.
reset-code-error-wrong = This code is wrong or too old. Check the newest email, or have a new code sent.
