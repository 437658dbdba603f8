### How the account stands, and the ways to its sections.

settings-heading = حسابك
settings-on = مفعّل
settings-off = معطّل
settings-sign-out = تسجيل الخروج
settings-emails-count =
    { $count ->
        [one] عنوان واحد
        [two] عنوانان
        [few] { $count } عناوين
       *[other] { $count } عنوانًا
    }
settings-password = كلمة المرور
settings-password-since = عُيّنت في { $date }
settings-delete = حذف الحساب
settings-data = بيانات الاستخدام
settings-data-allowed = يجوز للتطبيقات جمع بيانات عن استخدامك لها.
settings-data-refused = يُطلب من التطبيقات ألا تجمع بيانات عن استخدامك لها.
settings-data-allow = السماح ببيانات الاستخدام
settings-data-refuse = رفض بيانات الاستخدام
settings-data-now-allowed = يجوز جمع بيانات الاستخدام من الآن.
settings-data-now-refused = لا تُجمع بيانات الاستخدام من الآن.
change-password-done = تغيّرت كلمة مرورك، وسُجّل خروجك من كل مكان آخر.
