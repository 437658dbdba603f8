### What every page and the way to sign in need.

# Which way this language is written: ltr or rtl.
text-direction = ltr

title = { $heading } · { $site }
title-failed = Error: { $heading } · { $site }
to-continue-to = to continue to { $client }
use-another-account = Use another account
show-password = Show password
loading = One moment

## Email first

email-heading = Sign in or create an account
email-lead = Enter your email address to begin.
email-label = Email address
email-action = Continue
email-busy = Looking…
email-error-missing = Enter your email address.
email-error-format = This is not an email address. It should look like name@example.org.
email-error-secondary = This is an additional address of an account. Sign in with the account’s main address.

## Password

password-heading = Sign in
password-again-heading = Enter your password
password-keys-lead = { $client } uses end-to-end encryption. Your password opens your keys here, in your browser; it is never sent.
password-again-lead = { $client } asks you to show once more that it is you.
password-label = Password
password-action = Sign in
password-again-action = Continue
password-busy = Signing in…
password-error-missing = Enter your password.
password-forgotten = Forgot password?
password-create-account = Create an account
password-error-either = Address and password do not belong together. Check both and try again. If the account is new, open the link in its email first.
password-error-wrong = This is not the password of this account. Check it and try again.
password-error-no-account = There is no account with this address.
password-error-secondary = This is an additional address of an account. Go back and use the account’s main address.
password-error-unset = This account has no password yet. Reset the password to set one.
password-error-reset = This account is locked for safety. Reset the password to go on.

## Notices

notice-signed-out = You are signed out.
notice-account-deleted = Your account is deleted.
notice-signed-out-elsewhere = You were signed out. Sign in again to go on.
notice-unblock-again = The code was used up, but the password was not right. Enter your password; then a new code is sent.
notice-account-exists = There is an account with this address already. Sign in with its password.

## Failures: what happened, and what to do next

failure-unreachable = The server cannot be reached. Check your connection and try again.
failure-server = The server cannot answer right now. Try again in a moment.
failure-mail = The email could not be sent. Check the address, or try again in a moment.
failure-throttled = Too many attempts. Wait a while, then try again.
failure-throttled-minutes =
    Too many attempts. Try again in { $minutes ->
        [one] a minute
       *[other] { $minutes } minutes
    }.
failure-throttled-hours =
    Too many attempts. Try again in { $hours ->
        [one] an hour
       *[other] { $hours } hours
    }.
failure-unexpected = Something went wrong that we did not expect. Try again; if it stays, tell whoever runs this server.

## When a page itself cannot be loaded

broken-heading = A part of the page could not be loaded
broken-text = Check your connection, then load the page again to go on where you were.
try-again = Try again
