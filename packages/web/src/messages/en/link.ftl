### A link from an email was opened.

link-working-heading = One moment
link-email-heading = Your email address is confirmed
link-sign-in-heading = Your sign-in is confirmed
link-done-text = You can go on where you began. This page can be closed.
link-then-sign-in-text = Your account is ready. If an application sent you here, go back to it and sign in from there; otherwise sign in here.
link-then-sign-in = Sign in
link-continue = Continue
link-start = Go to the start page
link-failed-heading = This link does not work
link-failed-expired = It was used before, or a newer email has replaced it. Sign in to have a new one sent.
link-failed-broken = A part of it is missing. Mail programs sometimes break long links: copy the whole link from the email.
link-failed-reset = It was used before, took too long, or a newer one has replaced it. Begin again to have a new one sent.
link-reset-again = Reset your password
