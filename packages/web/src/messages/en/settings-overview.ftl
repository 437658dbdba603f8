### How the account stands, and the ways to its sections.

settings-heading = Your account
settings-on = On
settings-off = Off
settings-sign-out = Sign out
settings-emails-count =
    { $count ->
        [one] { $count } address
       *[other] { $count } addresses
    }
settings-password = Password
settings-password-since = Set { $date }
settings-delete = Delete account
settings-data = Usage data
settings-data-allowed = Applications may collect data about how you use them.
settings-data-refused = Applications are asked not to collect data about how you use them.
settings-data-allow = Allow usage data
settings-data-refuse = Refuse usage data
settings-data-now-allowed = Usage data may be collected from now on.
settings-data-now-refused = Usage data is not to be collected from now on.
change-password-done = Your password is changed. You were signed out everywhere else.
