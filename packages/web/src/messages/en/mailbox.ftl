### Signing up where accounts are hidden: the same page for a new address and for one that has an account.

mailbox-heading = Look into your mailbox
mailbox-lead = An email is on its way to { $email }. Open the link in it, then sign in.
mailbox-sign-in = Sign in
mailbox-again = No email? Begin again
