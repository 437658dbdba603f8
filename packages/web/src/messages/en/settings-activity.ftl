### What happened to the account lately.

activity-lead = What you do not recognise may have been somebody else: change your password then.
activity-create = Account made
activity-login = Signed in
activity-login-failure = Wrong password at a sign-in
activity-reset = Password reset
activity-password-changed = Password changed
activity-two-step-added = Two-step sign-in turned on
activity-two-step-removed = Two-step sign-in turned off
activity-two-step-failure = Wrong authenticator code
activity-two-step-replaced = Authenticator replaced
activity-codes-replaced = Backup codes replaced
activity-code-used = Backup code used
activity-key-added = Recovery key made
activity-key-removed = Recovery key deleted
activity-key-failure = Wrong recovery key
activity-confirm-failure = Wrong code for a change of the account
activity-email-added = Address added
activity-email-removed = Address removed
activity-email-primary = Main address changed
activity-sign-out = Signed out
