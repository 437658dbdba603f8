### A forgotten password: the address, and the eight digits from an email.

reset-password-heading = إعادة تعيين كلمة المرور
reset-password-lead = أدخل عنوان بريد حسابك. نرسل إليه رمزًا، فلا يستطيع سواك اختيار كلمة مرور جديدة.
reset-password-label = عنوان البريد الإلكتروني
reset-password-action = إرسال الرمز
reset-password-busy = جارٍ الإرسال…
reset-password-sign-in = العودة إلى تسجيل الدخول
reset-password-error-missing = أدخل عنوان بريدك الإلكتروني.
reset-password-error-format = هذا ليس عنوان بريد إلكتروني. يجب أن يكون على شكل name@example.org.
reset-password-error-unknown = لا يوجد حساب مؤكد بهذا العنوان. تحقق منه وحاول مرة أخرى.

notice-reset-again = استغرق ذلك وقتًا طويلًا، أو استُخدم من قبل. ابدأ من جديد ليُرسل رمز جديد.

reset-code-heading = أدخل الرمز الذي في رسالتك
reset-code-lead = أرسلنا ثمانية أرقام إلى { $email }. تبقى صالحة عشر دقائق.
reset-code-lead-hidden = إن كان لـ { $email } حساب هنا، فثمانية أرقام في طريقها إليه. تبقى صالحة عشر دقائق.
reset-code-label = الرمز
reset-code-action = متابعة
reset-code-busy = جارٍ التحقق…
reset-code-resend = إرسال رمز جديد
reset-code-resent = رمز جديد في طريقه إلى { $email }.
reset-code-resent-hidden = إن كان لـ { $email } حساب هنا، فرمز جديد في طريقه إليه.
reset-code-another = استخدام عنوان آخر
reset-code-error-missing = أدخل الرمز الذي في الرسالة.
reset-code-error-format = يتكون الرمز من ثمانية أرقام.
reset-code-error-wrong = هذا الرمز خاطئ أو قديم. انظر في أحدث رسالة، أو اطلب رمزًا جديدًا.
