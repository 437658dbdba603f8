### Setting an authenticator up, and its backup codes.

two-step-scan-heading = Scan this with your authenticator
two-step-scan-lead = Then enter the six digits that the app shows.
two-step-picture = QR code for an authenticator app
two-step-secret = No camera? Type this key into the app:
two-step-code = Code of the app
two-step-confirm = Confirm
two-step-error-format = The code has six digits.
two-step-error-wrong = This code is wrong or too old. Enter the one that the app shows now.
two-step-codes-heading = Keep your backup codes
two-step-codes-lead = Each of them works once in place of the app. They are shown only now: keep them where you find them without your phone.
two-step-codes-kept = I have kept them
