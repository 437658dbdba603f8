### Proving an address that is added.

emails-proof-heading = أدخل الرمز الذي في رسالتك
emails-error-code-format = يتكون الرمز من ستة أرقام.
emails-error-code = هذا الرمز خاطئ أو قديم. انظر في أحدث رسالة، أو اطلب رمزًا جديدًا.
