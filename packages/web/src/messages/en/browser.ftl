### What is only said in a flow that a browser has begun.

browser-taken = This Firefox is signed in with this account. To use another one, sign out in Firefox first.
notice-not-linked = Nothing was changed in this Firefox.
finish-browser-heading = Firefox is not signed in yet
failure-browser = Firefox did not take the sign-in. Try again, or begin anew from Firefox’s menu.
failure-browser-taken = This Firefox is signed in with another account. Sign out in Firefox first, then begin anew from its menu.
