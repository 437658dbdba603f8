### Digits that a change of the account wants first.

step-up-heading = أكّد أنه أنت
step-up-lead = يحتاج هذا التغيير إلى رمز. أرسلنا ستة أرقام إلى { $email }.
step-up-label = الرمز
step-up-action = تأكيد
step-up-resend = إرسال رمز جديد
step-up-resent = رمز جديد في طريقه إلى { $email }.
step-up-error-format = يتكون الرمز من ستة أرقام.
step-up-error-wrong = هذا الرمز خاطئ أو قديم. انظر في أحدث رسالة، أو اطلب رمزًا جديدًا.
