### What happened to the account lately.

activity-lead = ما لا تعرفه ربما فعله غيرك: غيّر كلمة مرورك عندئذ.
activity-create = أُنشئ الحساب
activity-login = تسجيل دخول
activity-login-failure = كلمة مرور خاطئة عند تسجيل الدخول
activity-reset = أُعيد تعيين كلمة المرور
activity-password-changed = تغيّرت كلمة المرور
activity-two-step-added = فُعّل تسجيل الدخول بخطوتين
activity-two-step-removed = عُطّل تسجيل الدخول بخطوتين
activity-two-step-failure = رمز خاطئ من تطبيق المصادقة
activity-two-step-replaced = استُبدل تطبيق المصادقة
activity-codes-replaced = استُبدلت الرموز الاحتياطية
activity-code-used = استُخدم رمز احتياطي
activity-key-added = أُنشئ مفتاح استعادة
activity-key-removed = حُذف مفتاح الاستعادة
activity-key-failure = مفتاح استعادة خاطئ
activity-confirm-failure = رمز خاطئ لتغيير في الحساب
activity-email-added = أُضيف عنوان
activity-email-removed = أُزيل عنوان
activity-email-primary = تغيّر العنوان الرئيسي
activity-sign-out = تسجيل خروج
