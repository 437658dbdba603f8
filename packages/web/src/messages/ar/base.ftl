### What every page and the way to sign in need.

text-direction = rtl

title = { $heading } · { $site }
title-failed = خطأ: { $heading } · { $site }
to-continue-to = للمتابعة إلى { $client }
use-another-account = استخدام حساب آخر
show-password = إظهار كلمة المرور
loading = لحظة واحدة

email-heading = تسجيل الدخول أو إنشاء حساب
email-lead = أدخل عنوان بريدك الإلكتروني للبدء.
email-label = عنوان البريد الإلكتروني
email-action = متابعة
email-busy = جارٍ البحث…
email-error-missing = أدخل عنوان بريدك الإلكتروني.
email-error-format = هذا ليس عنوان بريد إلكتروني. يجب أن يكون على شكل name@example.org.
email-error-secondary = هذا عنوان إضافي لأحد الحسابات. سجّل الدخول بالعنوان الرئيسي للحساب.

password-heading = تسجيل الدخول
password-again-heading = أدخل كلمة مرورك
password-keys-lead = يستخدم { $client } التعمية بين الطرفين. تفتح كلمة مرورك مفاتيحك هنا في متصفحك، ولا تُرسل أبدًا.
password-again-lead = يطلب { $client } أن تثبت مرة أخرى أنه أنت.
password-label = كلمة المرور
password-action = تسجيل الدخول
password-again-action = متابعة
password-busy = جارٍ تسجيل الدخول…
password-error-missing = أدخل كلمة مرورك.
password-forgotten = هل نسيت كلمة المرور؟
password-create-account = إنشاء حساب
password-error-either = العنوان وكلمة المرور غير متطابقين. تحقق منهما وحاول مرة أخرى. إن كان الحساب جديدًا، فافتح أولًا الرابط الذي في رسالته.
password-error-wrong = ليست هذه كلمة مرور هذا الحساب. تحقق منها وحاول مرة أخرى.
password-error-no-account = لا يوجد حساب بهذا العنوان.
password-error-secondary = هذا عنوان إضافي لأحد الحسابات. عُد واستخدم العنوان الرئيسي للحساب.
password-error-unset = ليس لهذا الحساب كلمة مرور بعد. أعد تعيين كلمة المرور لتختار واحدة.
password-error-reset = أُقفل هذا الحساب حفاظًا على أمانه. أعد تعيين كلمة المرور للمتابعة.

notice-signed-out = سُجّل خروجك.
notice-account-deleted = حُذف حسابك.
notice-signed-out-elsewhere = سُجّل خروجك. سجّل الدخول من جديد للمتابعة.
notice-unblock-again = استُهلك الرمز، لكن كلمة المرور لم تكن صحيحة. أدخل كلمة مرورك ليُرسل رمز جديد.
notice-account-exists = يوجد حساب بهذا العنوان من قبل. سجّل الدخول بكلمة مروره.

failure-unreachable = لا يمكن الوصول إلى الخادوم. تحقق من اتصالك وحاول مرة أخرى.
failure-server = لا يستطيع الخادوم الإجابة الآن. حاول مرة أخرى بعد لحظات.
failure-mail = تعذّر إرسال الرسالة. تحقق من العنوان، أو حاول مرة أخرى بعد لحظات.
failure-throttled = محاولات كثيرة. انتظر قليلًا ثم حاول مرة أخرى.
failure-throttled-minutes =
    محاولات كثيرة. حاول مرة أخرى بعد { $minutes ->
        [one] دقيقة
        [two] دقيقتين
        [few] { $minutes } دقائق
       *[other] { $minutes } دقيقة
    }.
failure-throttled-hours =
    محاولات كثيرة. حاول مرة أخرى بعد { $hours ->
        [one] ساعة
        [two] ساعتين
        [few] { $hours } ساعات
       *[other] { $hours } ساعة
    }.
failure-unexpected = حدث خطأ لم نتوقعه. حاول مرة أخرى، وإن تكرر فأخبر من يدير هذا الخادوم.

broken-heading = تعذّر تحميل جزء من الصفحة
broken-text = تحقق من اتصالك، ثم أعد تحميل الصفحة لتتابع من حيث كنت.
try-again = المحاولة مرة أخرى
