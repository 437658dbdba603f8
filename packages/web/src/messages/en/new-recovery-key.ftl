### A new recovery key, and keeping it.

key-new-heading = Keep your recovery key
key-new-lead = It is shown only now. Whoever has it and your emails can open your data: keep it in a safe place.
key-hint-label = Where do you keep it?
key-hint-hint = A hint for later, such as “desk drawer”. Leave it empty if you like. Never write the key itself here.
key-keep = I have kept it
