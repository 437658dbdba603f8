### The recovery key: what opens encrypted data after a forgotten password.

key-lead = With a recovery key you keep your encrypted data even when you forget your password. Your password is needed to make one.
key-exists = You have a recovery key. A new one takes its place.
key-exists-hint = You have a recovery key: “{ $hint }”. A new one takes its place.
key-create = Make a recovery key
key-replace = Make a new recovery key
key-remove = Delete recovery key
key-removed = The recovery key is deleted and opens nothing any more.
key-kept = Your recovery key is in use.
