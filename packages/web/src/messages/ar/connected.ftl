### The browser is signed in; or somebody wants to connect another one.

connected-syncing-heading = فيرفكس هذا يُزامَن
connected-syncing-lead = سُجّل دخولك. ليكون لك هذا كله على جهاز آخر:
connected-not-syncing-heading = سُجّل الدخول في فيرفكس هذا
connected-not-syncing-lead = لا يُزامَن شيء من هذا الجهاز. يمكنك تفعيل ذلك متى شئت. لتسجيل الدخول على جهاز آخر:
connected-signed-in-heading = سُجّل الدخول في فيرفكس هذا
connected-signed-in-lead = يمكنك المتابعة من حيث بدأت. لتسجيل الدخول على جهاز آخر:
connected-invited-heading = وصل جهاز آخر
connected-invited-lead = يمكن أن تكون علاماتك وكلمات مرورك وألسنتك المفتوحة في متناولك حيثما استخدمت فيرفكس.
connected-step-install = ثبّت فيرفكس هناك.
connected-step-server = اجعله يستخدم { $site } كما فعلت هنا.
connected-step-sign-in = سجّل الدخول هناك بعنوان البريد وكلمة المرور أنفسهما.
connected-manage = إدارة ما يُزامَن
connected-pair = مسح رمز بدلًا من ذلك
