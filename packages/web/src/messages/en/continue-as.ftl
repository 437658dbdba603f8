### Somebody is signed in already, and an application asks.

continue-as-heading = Continue to { $client }
continue-as-lead = You are signed in to { $site } as
continue-as-action = Continue
continue-as-busy = One moment…
