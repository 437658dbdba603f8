### Connecting another device by a code that it scans.

pair-busy = لحظة واحدة…
pair-cancel = إلغاء
pair-waiting = أبقِ هذه الصفحة مفتوحة.

## How to begin

pair-ready-heading = وصل جهاز آخر
pair-ready-lead = لا حاجة إلى كتابة شيء هناك: يمسح الجهاز رمزًا من هذه الشاشة.
pair-ready-prepare = جهّز فيرفكس على هاتفك أو لوحك، واجعله يستخدم { $site } من إعداداته.
pair-ready-scan = اختر «تسجيل الدخول» هناك، ثم امسح الرمز الذي يُفتح هنا.
pair-ready-action = إظهار الرمز
pair-show-failed = لم يُظهر فيرفكس الرمز. ابحث عن «وصل جهاز آخر» في إعداداته.
pair-sign-in-heading = سجّل الدخول في فيرفكس أولًا
pair-sign-in-lead = يستطيع فيرفكس إظهار رمز يسجّل الدخول على هاتفك، بعد أن يُسجَّل الدخول فيه هو.
pair-sign-in-menu = اختر «تسجيل الدخول» في قائمة فيرفكس.
pair-sign-in-back = عُد إلى هذه الصفحة.
pair-scanned-heading = امسح الرمز بفيرفكس
pair-scanned-lead = فتحت كاميرا هاتفك هذه الصفحة، لكن فيرفكس وحده يستطيع تسجيل الدخول بالرمز.
pair-scanned-open = افتح فيرفكس على هذا الهاتف، واجعله يستخدم { $site } من إعداداته.
pair-scanned-choose = اختر «تسجيل الدخول» هناك.
pair-scanned-scan = امسح الرمز على حاسوبك مرة أخرى.
pair-elsewhere-heading = وصل جهاز آخر
pair-elsewhere-lead = يستطيع فيرفكس على الحاسوب إظهار رمز يسجّل الدخول على هاتفك من دون كتابة شيء.
pair-elsewhere-computer = سجّل الدخول في { $site } بفيرفكس على حاسوب.
pair-elsewhere-show = افتح هذه الصفحة هناك، وأظهر الرمز.
pair-elsewhere-scan = اختر «تسجيل الدخول» في فيرفكس على هاتفك، وامسحه.

## The device that is signed in

pair-authority-checking-heading = تعذّر التعرف على الجهاز الآخر
pair-authority-asking-heading = هل تريد وصل جهازك الآخر؟
pair-authority-asking-lead = يريد { $application } تسجيل الدخول في حسابك على جهاز آخر. لا تتابع إلا إن كان الجهاز لك ومسح الرمز للتو.
pair-authority-action = نعم، صِله
pair-authority-waiting-heading = أكّد الآن على الجهاز الآخر
pair-authority-waiting-lead = وافقت هنا. ما إن توافق هناك أيضًا حتى يُسجَّل دخول { $application }.
pair-account = حسابك هو { $email }.

## The device that scanned the code

pair-supplicant-connecting-heading = جارٍ البحث عن الجهاز الآخر
pair-supplicant-connecting-lead = يسأل { $application } الجهاز الذي مسحت رمزه.
pair-supplicant-asking-heading = هل تريد تسجيل الدخول بهذا الحساب؟
pair-supplicant-asking-lead = سيستخدم { $application } حساب الجهاز الذي مسحت رمزه. لا تتابع إلا إن كان الجهازان لك.
pair-supplicant-action = نعم، سجّل الدخول
pair-supplicant-waiting-heading = أكّد الآن على الجهاز الآخر
pair-supplicant-waiting-lead = وافقت هنا. ما إن توافق هناك أيضًا حتى يُسجَّل دخول { $application }.

## What is known of the other device

pair-fact-name = الاسم
pair-fact-device = الجهاز
pair-fact-place = المكان
pair-fact-address = عنوان الإنترنت
pair-device-both = { $browser } على { $system }
pair-device-one = { $name }
pair-device-unknown = مجهول

## How it ended

pair-success-authority-heading = وُصل جهازك الآخر
pair-success-authority-lead = سُجّل دخوله في حسابك. يمكنك إغلاق هذه الصفحة.
pair-success-supplicant-heading = وُصل هذا الجهاز
pair-success-supplicant-lead = سُجّل دخوله. يمكنك إغلاق هذه الصفحة.
pair-success-either-heading = وُصل جهازاك
pair-success-either-lead = يمكنك إغلاق هذه الصفحة.
pair-failure-heading = لم يوصل شيء
pair-failure-back = العودة إلى { $application }
pair-failure-number = إن طلبت مساعدة أحد، فأخبره بالرقم { $number }.
pair-failure-unreachable = لم يعد الجهاز الآخر ينتظر. أظهر رمزًا جديدًا هناك وامسحه.
pair-failure-insecure = لم يكن الاتصال بالجهاز الآخر آمنًا فقُطع. أظهر رمزًا جديدًا هناك، وامسحه بنفسك.
pair-failure-disconnected = انقطع الاتصال بالجهاز الآخر. أظهر رمزًا جديدًا وامسحه.
pair-failure-declined = أُلغي على الجهاز الآخر.
pair-failure-cancelled = ألغيت ذلك.
pair-failure-timeout = استغرق ذلك وقتًا طويلًا. أظهر رمزًا جديدًا وامسحه.
pair-failure-malformed = قال الجهاز الآخر ما لا معنى له هنا. حدّث فيرفكس على الجهازين، ثم أظهر رمزًا جديدًا وامسحه.
pair-failure-unexpected = فقد الجهازان أثر أحدهما الآخر. أظهر رمزًا جديدًا وامسحه.
pair-failure-failed = وافق الجهازان، لكن تسجيل الدخول لم ينجح. أظهر رمزًا جديدًا وامسحه.
pair-failure-signed-out = لم يعد الدخول مسجّلًا في هذا المتصفح. سجّل الدخول من جديد، ثم أظهر رمزًا جديدًا وامسحه.
