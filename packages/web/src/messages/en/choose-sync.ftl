### What this browser keeps alike with others, if anything.

choose-sync-heading = Choose what to sync
choose-sync-lead = What you choose is kept alike in every Firefox that is signed in as { $email }. It is locked with your password before it leaves this device.
choose-sync-legend = What to sync
choose-sync-action = Sync
choose-sync-busy = One moment…
choose-sync-decline = Don’t sync this device
whether-sync-heading = Sync this device?
whether-sync-lead = Bookmarks, passwords and whatever else you sync as { $email } come to this Firefox, and what is in it goes to your others.

sync-engine-bookmarks = Bookmarks
sync-engine-history = History
sync-engine-passwords = Passwords
sync-engine-addons = Add-ons
sync-engine-tabs = Open tabs
sync-engine-prefs = Settings
sync-engine-addresses = Addresses
sync-engine-creditcards = Payment methods
sync-engine-other = { $engine }
