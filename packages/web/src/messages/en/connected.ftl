### The browser is signed in; or somebody wants to connect another one.

connected-syncing-heading = This Firefox is syncing
connected-syncing-lead = You are signed in. To have the same on another device:
connected-not-syncing-heading = This Firefox is signed in
connected-not-syncing-lead = Nothing is synced from this device. You can turn that on whenever you like. To sign in on another device:
connected-signed-in-heading = This Firefox is signed in
connected-signed-in-lead = You can go on where you began. To sign in on another device:
connected-invited-heading = Connect another device
connected-invited-lead = Bookmarks, passwords and open tabs can be at hand wherever you use Firefox.
connected-step-install = Install Firefox there.
connected-step-server = Tell it to use { $site }, as you did here.
connected-step-sign-in = Sign in there with the same email address and password.
connected-manage = Manage what is synced
connected-pair = Scan a code instead
