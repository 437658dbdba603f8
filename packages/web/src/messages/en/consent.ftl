### What an application gets, in words.

consent-heading = Allow { $client }?
consent-lead = { $client } at { $host } asks for this from your account:
consent-lead-no-host = { $client } asks for this from your account:
consent-action = Allow
consent-busy = One moment…
consent-deny = Not now
consent-account = You are signed in as { $email }.

consent-grant-signed-in = Know that you are signed in, and recognise you next time
consent-grant-email = See your email address, { $email }
consent-grant-display-name = See your display name
consent-grant-avatar = See your picture
consent-grant-locale = See your language
consent-grant-security = See how you sign in, and whether that takes two steps
consent-grant-profile-write = Change your display name and picture
consent-grant-sync = Access your bookmarks, passwords and everything else that Sync keeps
consent-grant-session = Sign in as you, for all that your account can do
consent-grant-keys = Open the end-to-end encrypted data that it keeps for you
consent-grant-other = Use “{ $name }” for you
