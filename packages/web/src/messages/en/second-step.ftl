### The second step: a code of the authenticator, or a backup code in its place.

second-step-authenticator-heading = Enter your authenticator code
second-step-authenticator-lead = { $email } is protected by a second step. Open your authenticator app and type the six digits that it shows.
second-step-authenticator-label = Code
second-step-authenticator-missing = Enter the code from your authenticator app.
second-step-authenticator-format = The code has six digits.
second-step-authenticator-wrong = This code is wrong or was used already. Wait for the next one and type that.
second-step-authenticator-change = Use a backup code
second-step-backup-heading = Enter a backup code
second-step-backup-lead = One of the codes that you kept when you set up the second step for { $email }. Each works once.
second-step-backup-label = Backup code
second-step-backup-missing = Enter one of your backup codes.
second-step-backup-format = A backup code is letters and digits, ten of them as a rule. Copy it as it stands in your list.
second-step-backup-wrong = This code is wrong or was used already. Try another one of your list.
second-step-backup-change = Use your authenticator
second-step-action = Continue
second-step-busy = Checking…
second-step-recovery-key = Use your recovery key
