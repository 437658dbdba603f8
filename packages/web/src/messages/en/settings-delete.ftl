### Deleting the account.

delete-heading = Delete your account
delete-lead = This cannot be undone. Enter your password when you are sure. These go:
delete-loses-account = Your account with its addresses, name, picture and recovery key
delete-loses-data = What is kept end-to-end encrypted for you on the server, which nobody can open any more
delete-loses-service = The connection of { $name }
delete-action = Delete account
delete-busy = Deleting…
