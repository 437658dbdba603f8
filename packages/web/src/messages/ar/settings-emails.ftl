### The addresses of the account.

emails-lead = تسجّل الدخول بالعنوان الرئيسي. تذهب أخبار حسابك إلى العناوين كلها.
emails-primary = العنوان الرئيسي
emails-unproven = ينتظر رمزه
emails-prove = تأكيد
emails-prove-what = تأكيد { $email }
emails-make-primary = جعله الرئيسي
emails-make-primary-what = جعله العنوان الرئيسي: { $email }
emails-remove = إزالة
emails-remove-what = إزالة { $email }
emails-add-label = عنوان آخر
emails-add = إضافة العنوان
emails-code-sent = أرسلنا ستة أرقام إلى { $email }.
emails-added = صار { $email } من عناوين حسابك.
emails-now-primary = من الآن تسجّل الدخول بـ { $email }.
emails-removed = لم يعد { $email } من عناوين حسابك.
emails-error-own = هذا العنوان في حسابك من قبل.
emails-error-many = في حسابك كل ما يجوز من العناوين. أزل أحدها أولًا.
emails-error-taken = هذا العنوان لحساب آخر. استخدم عنوانًا غيره.
