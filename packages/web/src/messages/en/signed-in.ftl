### Who is signed in, when nobody asked.

signed-in-heading = You are signed in
signed-in-lead = Applications that ask will find you here. This page can be closed.
signed-in-action = Sign out
signed-in-busy = Signing out…
notice-password-set = Your new password is set, and you are signed in.
notice-password-set-with-key = Your new password is set, and your data is as it was. The recovery key is used up: make a new one.
signed-in-settings = Manage your account
