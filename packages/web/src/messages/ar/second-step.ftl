### The second step: a code of the authenticator, or a backup code in its place.

second-step-authenticator-heading = أدخل رمز تطبيق المصادقة
second-step-authenticator-lead = { $email } محميّ بخطوة ثانية. افتح تطبيق المصادقة واكتب الأرقام الستة التي يعرضها.
second-step-authenticator-label = الرمز
second-step-authenticator-missing = أدخل الرمز من تطبيق المصادقة.
second-step-authenticator-format = يتكون الرمز من ستة أرقام.
second-step-authenticator-wrong = هذا الرمز خاطئ أو استُخدم من قبل. انتظر الرمز التالي واكتبه.
second-step-authenticator-change = استخدام رمز احتياطي
second-step-backup-heading = أدخل رمزًا احتياطيًا
second-step-backup-lead = أحد الرموز التي احتفظت بها حين أعددت الخطوة الثانية لـ { $email }. يصلح كل منها مرة واحدة.
second-step-backup-label = الرمز الاحتياطي
second-step-backup-missing = أدخل أحد رموزك الاحتياطية.
second-step-backup-format = يتكون الرمز الاحتياطي من أحرف وأرقام، عشرة منها عادةً. انسخه كما هو في قائمتك.
second-step-backup-wrong = هذا الرمز خاطئ أو استُخدم من قبل. جرّب رمزًا آخر من قائمتك.
second-step-backup-change = استخدام تطبيق المصادقة
second-step-action = متابعة
second-step-busy = جارٍ التحقق…
second-step-recovery-key = استخدام مفتاح الاستعادة
