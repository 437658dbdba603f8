### Keeping what is shown once.

keep-copy = نسخ
keep-print = طباعة
keep-download = تنزيل
keep-copied = نُسخ.
