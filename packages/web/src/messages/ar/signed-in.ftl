### Who is signed in, when nobody asked.

signed-in-heading = سُجّل دخولك
signed-in-lead = تجدك التطبيقات التي تسأل هنا. يمكن إغلاق هذه الصفحة.
signed-in-action = تسجيل الخروج
signed-in-busy = جارٍ تسجيل الخروج…
notice-password-set = عُيّنت كلمة مرورك الجديدة، وسُجّل دخولك.
notice-password-set-with-key = عُيّنت كلمة مرورك الجديدة، وبقيت بياناتك كما كانت. استُهلك مفتاح الاستعادة: أنشئ مفتاحًا جديدًا.
signed-in-settings = إدارة حسابك
