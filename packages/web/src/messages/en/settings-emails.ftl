### The addresses of the account.

emails-lead = You sign in with the main address. News about your account goes to all of them.
emails-primary = Main address
emails-unproven = Waits for its code
emails-prove = Confirm
emails-prove-what = Confirm { $email }
emails-make-primary = Make main address
emails-make-primary-what = Make main address: { $email }
emails-remove = Remove
emails-remove-what = Remove { $email }
emails-add-label = Another address
emails-add = Add address
emails-code-sent = We sent six digits to { $email }.
emails-added = { $email } now belongs to your account.
emails-now-primary = From now on you sign in with { $email }.
emails-removed = { $email } does not belong to your account any more.
emails-error-own = Your account has this address already.
emails-error-many = Your account has as many addresses as it may. Remove one first.
emails-error-taken = This address belongs to another account. Use a different one.
