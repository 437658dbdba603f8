### The recovery key: what opens encrypted data after a forgotten password.

key-lead = With a recovery key you keep your encrypted data even when you forget your password. Your password is needed to make one.
key-exists = You have a recovery key. A new one takes its place.
key-exists-hint = You have a recovery key: “{ $hint }”. A new one takes its place.
key-create = Make a recovery key
key-replace = Make a new recovery key
key-remove = Delete recovery key
key-removed = The recovery key is deleted and opens nothing any more.
key-new-heading = Keep your recovery key
key-new-lead = It is shown only now. Whoever has it and your emails can open your data: keep it in a safe place.
key-hint-label = Where do you keep it?
key-hint-hint = A hint for later, such as “desk drawer”. Leave it empty if you like. Never write the key itself here.
key-keep = I have kept it
key-kept = Your recovery key is in use.
