### What an application gets, in words.

consent-heading = هل تسمح لـ { $client }؟
consent-lead = يطلب { $client } من { $host } ما يلي من حسابك:
consent-lead-no-host = يطلب { $client } ما يلي من حسابك:
consent-action = السماح
consent-busy = لحظة واحدة…
consent-deny = ليس الآن
consent-account = سُجّل دخولك باسم { $email }.

consent-grant-signed-in = معرفة أنك سجّلت الدخول، والتعرف عليك في المرة القادمة
consent-grant-email = الاطلاع على عنوان بريدك، { $email }
consent-grant-display-name = الاطلاع على اسمك الظاهر
consent-grant-avatar = الاطلاع على صورتك
consent-grant-locale = معرفة لغتك
consent-grant-security = معرفة كيف تسجّل الدخول، وهل يكون ذلك بخطوتين
consent-grant-profile-write = تغيير اسمك الظاهر وصورتك
consent-grant-sync = الوصول إلى علاماتك وكلمات مرورك وكل ما تحفظه المزامنة
consent-grant-session = تسجيل الدخول باسمك لكل ما يستطيعه حسابك
consent-grant-keys = فتح البيانات المعمّاة بين الطرفين التي يحفظها لك
consent-grant-other = استخدام «{ $name }» من أجلك
