### The language of pages and mails.

language-lead = These pages come in this language in this browser; news about your account comes in it everywhere.
language-label = Language
language-of-browser = As in this browser
language-save = Save language
language-saved = Your language is saved.
