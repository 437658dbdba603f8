### An application asks that the person be signed out here too.

logout-checking-heading = One moment
logout-heading = Sign out of { $site }?
logout-lead-application = { $client } asks for it. You are signed in as
logout-lead = You are signed in as
logout-action = Sign out
logout-busy = Signing out…
logout-stay = Stay signed in
logout-done-heading = You are signed out
logout-done-lead = This page can be closed.
