### Who is signed in, when nobody asked.

signed-in-heading = You are signed in
signed-in-lead = Applications that ask will find you here. This page can be closed.
signed-in-action = Sign out
signed-in-busy = Signing out…
