### What all pages of the settings share, and the page that leads to them.

settings-heading = Your account
settings-back = All settings
settings-cancel = Cancel
settings-busy = One moment…
settings-on = On
settings-off = Off
settings-sign-out = Sign out
settings-profile = Name and picture
settings-emails = Email addresses
settings-emails-count =
    { $count ->
        [one] { $count } address
       *[other] { $count } addresses
    }
settings-password = Password
settings-password-since = Set { $date }
settings-two-step = Two-step sign-in
settings-recovery-key = Recovery key
settings-clients = Connected services
settings-activity = Recent activity
settings-delete = Delete account
settings-data = Usage data
settings-data-allowed = Applications may collect data about how you use them.
settings-data-refused = Applications are asked not to collect data about how you use them.
settings-data-allow = Allow usage data
settings-data-refuse = Refuse usage data
settings-data-now-allowed = Usage data may be collected from now on.
settings-data-now-refused = Usage data is not to be collected from now on.

## What was done on another page

change-password-done = Your password is changed. You were signed out everywhere else.
