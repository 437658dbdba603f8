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
two-step-replace = Use another authenticator
two-step-now-on = Two-step sign-in is on.
two-step-now-off = Two-step sign-in is off.
two-step-replaced = From now on only the new authenticator makes your codes.
two-step-codes-replaced = Your old backup codes do not work any more.
