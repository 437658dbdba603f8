### Choosing a password: for a new account, and in place of a forgotten one.

new-password-label = كلمة المرور
new-password-hint = ثمانية محارف على الأقل. وهي تقفل بياناتك أيضًا، ولا يستطيع أحد أن يجدها لك: دع مدير كلمات المرور يحفظها.
new-password-confirm-label = كلمة المرور مرة أخرى
new-password-error-missing = اختر كلمة مرور.
new-password-error-short = كلمة المرور هذه قصيرة. استخدم ثمانية محارف على الأقل.
new-password-error-email = كلمة المرور هذه قريبة من عنوان بريدك. اختر واحدة لا علاقة لها به.
new-password-error-common = كلمة المرور هذه من أول ما يُجرَّب. اختر واحدة أقل استعمالًا.
new-password-error-confirm = كلمتا المرور غير متطابقتين. اكتب الثانية مرة أخرى.

sign-up-heading = أنشئ حسابك
sign-up-action = إنشاء الحساب
sign-up-busy = جارٍ إنشاء الحساب…
sign-up-sign-in = تسجيل الدخول بدلًا من ذلك
sign-up-error-rejected = لا يمكن إنشاء حساب بهذا العنوان هنا. استخدم عنوانًا آخر، أو اسأل من يدير هذا الخادوم.

reset-heading = اختر كلمة مرور جديدة
reset-lead-kept = فتح مفتاح الاستعادة بياناتك. تبقى كما هي تحت كلمة المرور الجديدة.
reset-lead-lost = بعد هذا لا يمكن فتح ما تحفظه التطبيقات معمّى بين الطرفين من أجلك، مثل بيانات المزامنة: لا تفتحه إلا كلمة المرور القديمة.
reset-warning = سيُسجَّل خروجك من كل مكان آخر.
reset-action = تعيين كلمة المرور الجديدة
reset-busy = جارٍ تعيين كلمة المرور…
reset-use-key = استخدام مفتاح الاستعادة
reset-error-second-step = يحتاج هذا الحساب إلى خطوته الثانية أولًا. ابدأ من جديد وأدخل رمزًا من تطبيق المصادقة.
