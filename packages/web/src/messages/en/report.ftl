### A code came by mail that its receiver did not ask for.

report-heading = Was it not you who tried to sign in?
report-lead = Then make the code from that email useless. Nobody can sign in with it afterwards.
report-action = Make the code useless
report-busy = One moment…
report-done-heading = The code does not work any more
report-done-text = Whoever tried may know your password. If you are not sure, choose a new one.
report-done-action = Choose a new password
report-over = The code does not work: it was used before, or is too old.
report-broken = A part of the link is missing. Mail programs sometimes break long links: copy the whole link from the email.
