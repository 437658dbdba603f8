### What is connected to the account, and what applications may do.

clients-lead = Everything that is signed in to your account. What you do not recognise, disconnect; then change your password.
clients-unnamed = Unknown device
clients-this = This browser, now
clients-used = Last used { $date }
clients-disconnect = Disconnect
clients-disconnect-name = Disconnect { $name }
clients-disconnected = It is disconnected.
clients-disconnected-name = { $name } is disconnected.
clients-allowed = What applications may do
clients-allowed-lead = You allowed this when you signed in to them. They ask again when they need what you take away.
clients-since = Since { $date }
clients-revoke = Take away
clients-revoke-what = Take away from { $name }: { $what }
clients-revoked = It is taken away from { $name }.
