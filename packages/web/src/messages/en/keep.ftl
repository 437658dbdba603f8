### Keeping what is shown once.

keep-copy = Copy
keep-print = Print
keep-download = Download
keep-copied = It is copied.
