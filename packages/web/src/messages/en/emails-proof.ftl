### Proving an address that is added.

emails-proof-heading = Enter the code from your email
emails-error-code-format = The code has six digits.
emails-error-code = This code is wrong or too old. Check the newest email, or have a new code sent.
