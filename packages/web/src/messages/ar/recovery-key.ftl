### The recovery key, which keeps data through a reset of the password.

recovery-key-heading = أدخل مفتاح الاستعادة
recovery-key-lead = يفتح ما تحفظه التطبيقات معمّى بين الطرفين من أجلك، فلا يضيع شيء مع كلمة المرور القديمة.
recovery-key-label = مفتاح الاستعادة
recovery-key-hint = 32 حرفًا ورقمًا. لا فرق بين الأحرف الكبيرة والصغيرة، ولا أثر للمسافات.
recovery-key-action = متابعة
recovery-key-busy = جارٍ الفتح…
recovery-key-without = المتابعة من دون المفتاح
recovery-key-without-warning = من دونه لا يستطيع أحد بعد الآن فتح البيانات المعمّاة مثل بيانات المزامنة.
recovery-key-error-missing = أدخل مفتاح الاستعادة.
recovery-key-error-format = هذا ليس مفتاح استعادة. يتكون المفتاح من 32 حرفًا ورقمًا: تحقق من أنه لا ينقص شيء.
recovery-key-error-wrong = ليس هذا مفتاح استعادة هذا الحساب. تحقق منه، أو تابع من دونه.
