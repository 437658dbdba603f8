### Somebody is signed in already, and an application asks.

continue-as-heading = المتابعة إلى { $client }
continue-as-lead = سُجّل دخولك في { $site } باسم
continue-as-action = متابعة
continue-as-busy = لحظة واحدة…
