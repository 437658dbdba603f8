### Choosing a password: for a new account, and in place of a forgotten one.

new-password-label = Password
new-password-hint = At least 8 characters. It also locks your data, and nobody can look it up for you: let your password manager keep it.
new-password-confirm-label = Password again
new-password-error-missing = Choose a password.
new-password-error-short = This password is too short. Use at least 8 characters.
new-password-error-email = This password is too close to your email address. Choose one that has nothing to do with it.
new-password-error-common = This password is among those that are tried first. Choose one that fewer people use.
new-password-error-confirm = The two passwords are not the same. Type the second one again.

## For a new account

sign-up-heading = Create your account
sign-up-action = Create account
sign-up-busy = Creating account…
sign-up-sign-in = Sign in instead
sign-up-error-rejected = No account can be made with this address here. Use another one, or ask whoever runs this server.

## In place of a forgotten one

reset-heading = Choose a new password
reset-lead-kept = Your recovery key has opened your data. It stays as it is, under the new password.
reset-lead-lost = After this, what applications keep end-to-end encrypted for you, such as Sync data, cannot be opened any more: only the old password opens it.
reset-warning = You will be signed out everywhere else.
reset-action = Set new password
reset-busy = Setting new password…
reset-use-key = Use your recovery key
reset-error-second-step = This account needs its second step first. Begin again, and enter a code of your authenticator.
