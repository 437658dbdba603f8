### Why the pages cannot go on, and the way back.

problem-action-start = الذهاب إلى صفحة البداية
problem-cryptography-heading = تحتاج هذه الصفحة إلى عنوان آمن
problem-cryptography-text = تتحول كلمة مرورك إلى مفاتيح في متصفحك، ولا تفعل المتصفحات ذلك إلا عبر https (أو على هذا الحاسوب نفسه). افتح { $site } بعنوان يبدأ بـ https://.
problem-storage-heading = اسمح بالكعكات وبيانات الموقع
problem-storage-text = يمنع متصفحك { $site } من تذكّر أنك سجّلت الدخول. اسمح بالكعكات وبيانات الموقع لهذا العنوان، ثم أعد تحميل الصفحة.
problem-unreachable-heading = لا يمكن الوصول إلى الخادوم
problem-unreachable-text = لم يضع شيء. تحقق من اتصالك ثم حاول مرة أخرى.
problem-server-heading = لا يستطيع الخادوم الإجابة الآن
problem-server-text = ثمة خطأ من جهتنا. لم يضع شيء؛ حاول مرة أخرى بعد لحظات.
problem-unknown-application-heading = لا يعرف { $site } هذا التطبيق
problem-unknown-application-text = التطبيق الذي أرسلك إلى هنا غير مسجّل. لم يُشارَك معه شيء. عُد إليه، وأخبر صانعيه إن تكرر ذلك.
problem-wrong-return-address-heading = طريق العودة يؤدي إلى مكان آخر
problem-wrong-return-address-text = يريد التطبيق الذي أرسلك إلى هنا الجواب على عنوان لم يسجّله. لم يُشارَك شيء. عُد إليه، وأخبر صانعيه إن تكرر ذلك.
problem-refused-request-heading = طلب { $application } شيئًا لا يعمل
problem-refused-request-text = لم يُشارَك شيء. عُد إلى { $application } وحاول مرة أخرى؛ قد يحتاج صانعوه إلى هذه الكلمة: { $code }.
problem-old-browser-heading = هذا المتصفح أقدم من أن يفعل ذلك
problem-old-browser-text = لا يستطيع تسجيل الدخول بالطريقة التي طلبها. حدّثه، ثم سجّل الدخول من قائمته.
problem-no-browser-heading = لا يعرف فيرفكس { $site } بعد
problem-no-browser-text = لا يبدأ هذا إلا فيرفكس نفسه: اختر «تسجيل الدخول» في قائمته. إن فُتح هناك خادوم آخر، فيجب أولًا جعل فيرفكس يستخدم { $site }.
problem-browser-taken-heading = سُجّل الدخول في فيرفكس هذا من قبل
problem-browser-taken-text = سُجّل الدخول باسم { $email }. لاستخدام حساب آخر، سجّل الخروج في فيرفكس أولًا.
problem-not-found-heading = لا توجد صفحة هنا
problem-not-found-text = قد يكون الرابط قديمًا أو فيه خطأ.
