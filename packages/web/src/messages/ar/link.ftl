### A link from an email was opened.

link-working-heading = لحظة واحدة
link-email-heading = تأكد عنوان بريدك
link-sign-in-heading = تأكد تسجيل دخولك
link-done-text = يمكنك المتابعة من حيث بدأت، وإغلاق هذه الصفحة.
link-then-sign-in-text = حسابك جاهز. إن أرسلك تطبيق إلى هنا، فعُد إليه وسجّل الدخول منه، وإلا فسجّل الدخول هنا.
link-then-sign-in = تسجيل الدخول
link-continue = متابعة
link-start = الذهاب إلى صفحة البداية
link-failed-heading = هذا الرابط لا يعمل
link-failed-expired = استُخدم من قبل، أو حلّت محله رسالة أحدث. سجّل الدخول ليُرسل رابط جديد.
link-failed-broken = ينقصه جزء. تقطع برامج البريد الروابط الطويلة أحيانًا: انسخ الرابط كله من الرسالة.
link-failed-reset = استُخدم من قبل، أو انقضت مدته، أو حلّ محله رابط أحدث. ابدأ من جديد ليُرسل رابط آخر.
link-reset-again = إعادة تعيين كلمة المرور
