### The way back to the application did not open at once.

finish-heading = Back to { $client }
finish-action = Try again
finish-busy = One moment…
failure-refused = This server refused what the application asked for ({ $code }). Go back to it and try again.
