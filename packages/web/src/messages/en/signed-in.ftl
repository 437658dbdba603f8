### Who is signed in, when nobody asked.

signed-in-heading = You are signed in
signed-in-action = Sign out
signed-in-busy = Signing out…
