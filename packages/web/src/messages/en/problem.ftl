### Why the pages cannot go on, and the way back.

problem-action-start = Go to the start page
problem-cryptography-heading = This page needs a secure address
problem-cryptography-text = Your password is turned into keys in your browser, and browsers do that only over https (or on this very computer). Open { $site } at an address that begins with https://.
problem-storage-heading = Please allow cookies and site data
problem-storage-text = Your browser keeps { $site } from remembering that you are signed in. Allow cookies and site data for this address, then load the page again.
problem-unreachable-heading = The server cannot be reached
problem-unreachable-text = Nothing was lost. Check your connection, then try again.
problem-server-heading = The server cannot answer right now
problem-server-text = Something is wrong on our side. Nothing was lost; try again in a moment.
problem-unknown-application-heading = { $site } does not know this application
problem-unknown-application-text = The application that sent you here is not registered. Nothing was shared with it. Go back to it, and tell its makers if this happens again.
problem-wrong-return-address-heading = The way back leads elsewhere
problem-wrong-return-address-text = The application that sent you here wants the answer at an address that it has not registered. Nothing was shared. Go back to it, and tell its makers if this happens again.
problem-refused-request-heading = { $application } asked for something that does not work
problem-refused-request-text = Nothing was shared. Go back to { $application } and try again; its makers may need this word: { $code }.
problem-old-browser-heading = This browser is too old for that
problem-old-browser-text = It cannot sign in the way that it asked for. Update it, then sign in from its menu.
problem-no-browser-heading = Firefox does not know { $site } yet
problem-no-browser-text = Only Firefox itself can begin this: choose “Sign in” in its menu. If another server opens there, Firefox must first be told to use { $site }.
problem-browser-taken-heading = This Firefox is signed in already
problem-browser-taken-text = It is signed in as { $email }. To use another account, sign out in Firefox first.
problem-not-found-heading = There is no page here
problem-not-found-text = The link may be old or mistyped.
