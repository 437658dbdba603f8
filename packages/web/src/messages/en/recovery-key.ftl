### The recovery key, which keeps data through a reset of the password.

recovery-key-heading = Enter your recovery key
recovery-key-lead = It opens what applications keep end-to-end encrypted for you, so that nothing is lost with the old password.
recovery-key-label = Recovery key
recovery-key-hint = 32 letters and digits. Spaces and small letters do not matter.
recovery-key-action = Continue
recovery-key-busy = Opening…
recovery-key-without = Go on without the key
recovery-key-without-warning = Without it, encrypted data such as Sync data cannot be opened any more, by anybody.
recovery-key-error-missing = Enter your recovery key.
recovery-key-error-format = This is not a recovery key. It has 32 letters and digits: check that none is missing.
recovery-key-error-wrong = This is not the recovery key of this account. Check it, or go on without it.
