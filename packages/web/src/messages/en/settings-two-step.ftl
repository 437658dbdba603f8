### Two-step authentication: an authenticator, and backup codes for when it is lost.

two-step-lead = With your password alone nobody gets in: signing in also asks for a code of an authenticator app on your phone.
two-step-turn-on = Turn on
two-step-turn-off = Turn off
two-step-is-on =
    It is on. { $count ->
        [0] You have no backup codes left: replace them.
        [one] You have one backup code left.
       *[other] You have { $count } backup codes left.
    }
two-step-replace-codes = Replace backup codes
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
two-step-now-on = Two-step sign-in is on.
two-step-now-off = Two-step sign-in is off.
two-step-codes-replaced = Your old backup codes do not work any more.
