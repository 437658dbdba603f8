### Changing the password.

change-password-heading = تغيير كلمة المرور
change-password-lead = يبقى دخولك مسجّلًا هنا، ويُسجَّل خروجك من كل مكان آخر. تبقى بياناتك المعمّاة مقروءة.
change-password-old = كلمة المرور الحالية
change-password-new = كلمة المرور الجديدة
change-password-new-again = كلمة المرور الجديدة مرة أخرى
change-password-action = تغيير كلمة المرور
change-password-busy = جارٍ تغيير كلمة المرور…
change-password-forgotten = هل نسيت كلمة المرور؟
change-password-error-missing = أدخل كلمة مرورك الحالية.
change-password-error-wrong = ليست هذه كلمة مرورك الحالية. تحقق منها وحاول مرة أخرى.
