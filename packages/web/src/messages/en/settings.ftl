### What the pages of the settings share.

settings-back = All settings
settings-cancel = Cancel
settings-busy = One moment…
settings-profile = Name and picture
settings-emails = Email addresses
settings-two-step = Two-step sign-in
settings-recovery-key = Recovery key
settings-clients = Connected services
settings-language = Language
settings-activity = Recent activity
