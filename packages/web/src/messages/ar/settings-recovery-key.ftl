### The recovery key: what opens encrypted data after a forgotten password.

key-lead = بمفتاح الاستعادة تبقى بياناتك المعمّاة لك حتى إن نسيت كلمة مرورك. يحتاج إنشاؤه إلى كلمة مرورك.
key-exists = لديك مفتاح استعادة. يحل المفتاح الجديد محله.
key-exists-hint = لديك مفتاح استعادة: «{ $hint }». يحل المفتاح الجديد محله.
key-create = إنشاء مفتاح استعادة
key-replace = إنشاء مفتاح استعادة جديد
key-remove = حذف مفتاح الاستعادة
key-removed = حُذف مفتاح الاستعادة، ولم يعد يفتح شيئًا.
key-kept = صار مفتاح الاستعادة مستخدمًا.
