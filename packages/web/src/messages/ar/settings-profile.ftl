### The name and the picture of a person.

profile-lead = تعرض التطبيقات التي سمحت لها هذين إلى جانب ما تفعله فيها.
profile-name = الاسم
profile-rename = حفظ الاسم
profile-renamed = حُفظ اسمك.
profile-error-name = لا يمكن قبول هذا الاسم. استخدم أقل من 256 حرفًا، من دون محارف تحكم.
profile-picture = صورتك
profile-picture-choose = اختر صورة
profile-picture-hint = PNG أو JPEG، ميغابايت واحد على الأكثر.
profile-picture-remove = إزالة الصورة
profile-picture-set = عُيّنت صورتك.
profile-picture-removed = أُزيلت صورتك.
profile-error-picture = لا يمكن قبول هذه الصورة. اختر ملف PNG أو JPEG لا يزيد على ميغابايت واحد.
