### Two-step authentication: an authenticator, and backup codes for when it is lost.

two-step-lead = لا يدخل أحد بكلمة مرورك وحدها: يطلب تسجيل الدخول أيضًا رمزًا من تطبيق مصادقة على هاتفك.
two-step-turn-on = تفعيل
two-step-turn-off = تعطيل
two-step-is-on =
    إنه مفعّل. { $count ->
        [0] لم تبقَ لديك رموز احتياطية: استبدلها.
        [one] بقي لديك رمز احتياطي واحد.
        [two] بقي لديك رمزان احتياطيان.
        [few] بقيت لديك { $count } رموز احتياطية.
       *[other] بقي لديك { $count } رمزًا احتياطيًا.
    }
two-step-replace-codes = استبدال الرموز الاحتياطية
two-step-replace = استخدام تطبيق مصادقة آخر
two-step-now-on = فُعّل تسجيل الدخول بخطوتين.
two-step-now-off = عُطّل تسجيل الدخول بخطوتين.
two-step-replaced = من الآن لا يصنع رموزك إلا تطبيق المصادقة الجديد.
two-step-codes-replaced = لم تعد رموزك الاحتياطية القديمة صالحة.
