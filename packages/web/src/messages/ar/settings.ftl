### What the pages of the settings share.

settings-back = كل الإعدادات
settings-cancel = إلغاء
settings-busy = لحظة واحدة…
settings-profile = الاسم والصورة
settings-emails = عناوين البريد
settings-two-step = تسجيل الدخول بخطوتين
settings-recovery-key = مفتاح الاستعادة
settings-clients = الخدمات المتصلة
settings-language = اللغة
settings-activity = النشاط الأخير
