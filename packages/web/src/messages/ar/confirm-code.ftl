### The six digits from an email.

confirm-sign-up-heading = أدخل الرمز الذي في رسالتك
confirm-sign-up-lead = أرسلنا ستة أرقام إلى { $email } للتأكد من أن العنوان لك.
confirm-sign-in-heading = أدخل الرمز الذي في رسالتك
confirm-sign-in-lead = تسجّل الدخول من مكان جديد. أرسلنا ستة أرقام إلى { $email } للتأكد من أنه أنت.
confirm-label = الرمز
confirm-action = تأكيد
confirm-busy = جارٍ التأكيد…
confirm-resend = إرسال رمز جديد
confirm-resent = رمز جديد في طريقه إلى { $email }.
confirm-error-missing = أدخل الرمز الذي في الرسالة.
confirm-error-format = يتكون الرمز من ستة أرقام.
confirm-error-wrong = هذا الرمز خاطئ أو قديم. انظر في أحدث رسالة، أو اطلب رمزًا جديدًا.
