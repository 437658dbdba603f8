### Making an account.

sign-up-heading = Create your account
sign-up-password-label = Password
sign-up-password-hint = At least 8 characters. It also locks your data, and nobody can look it up for you: let your password manager keep it.
sign-up-confirm-label = Password again
sign-up-action = Create account
sign-up-busy = Creating account…
sign-up-error-missing = Choose a password.
sign-up-error-short = This password is too short. Use at least 8 characters.
sign-up-error-email = This password is too close to your email address. Choose one that has nothing to do with it.
sign-up-error-common = This password is among those that are tried first. Choose one that fewer people use.
sign-up-error-confirm = The two passwords are not the same. Type the second one again.
sign-up-error-rejected = No account can be made with this address here. Use another one, or ask whoever runs this server.
