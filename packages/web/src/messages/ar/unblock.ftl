### A sign-in that needs a mailed code to pass.

unblock-heading = أدخل الرمز الذي في رسالتك
unblock-lead = جرت محاولات كثيرة لتسجيل الدخول في هذا الحساب. للتأكد من أنه أنت، أرسلنا رمزًا من ثمانية أحرف وأرقام إلى { $email }.
unblock-lead-hidden = جرت محاولات كثيرة لتسجيل الدخول بهذا العنوان. إن كان لـ { $email } حساب هنا، فرمز من ثمانية أحرف وأرقام في طريقه إليه.
unblock-label = الرمز
unblock-action = متابعة
unblock-busy = جارٍ تسجيل الدخول…
unblock-resend = إرسال رمز جديد
unblock-resent = رمز جديد في طريقه إلى { $email }.
unblock-error-missing = أدخل الرمز الذي في الرسالة.
unblock-error-format = يتكون الرمز من ثمانية أحرف وأرقام.
unblock-error-wrong = هذا الرمز خاطئ أو قديم. انظر في أحدث رسالة، أو اطلب رمزًا جديدًا.
