### Changing the password.

change-password-heading = Change your password
change-password-lead = You stay signed in here and are signed out everywhere else. Your encrypted data stays readable.
change-password-old = Present password
change-password-new = New password
change-password-new-again = New password again
change-password-action = Change password
change-password-busy = Changing password…
change-password-forgotten = Forgot password?
change-password-error-missing = Enter your present password.
change-password-error-wrong = This is not your present password. Check it and try again.
