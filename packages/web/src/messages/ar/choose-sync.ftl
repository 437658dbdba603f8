### What this browser keeps alike with others, if anything.

choose-sync-heading = اختر ما تريد مزامنته
choose-sync-lead = ما تختاره يبقى متطابقًا في كل فيرفكس سُجّل الدخول فيه باسم { $email }. وهو مقفل بكلمة مرورك قبل أن يغادر هذا الجهاز.
choose-sync-legend = ما تريد مزامنته
choose-sync-action = مزامنة
choose-sync-busy = لحظة واحدة…
choose-sync-decline = عدم مزامنة هذا الجهاز
whether-sync-heading = هل تريد مزامنة هذا الجهاز؟
whether-sync-lead = تأتي العلامات وكلمات المرور وكل ما تزامنه باسم { $email } إلى فيرفكس هذا، ويذهب ما فيه إلى أجهزتك الأخرى.

sync-engine-bookmarks = العلامات
sync-engine-history = التأريخ
sync-engine-passwords = كلمات المرور
sync-engine-addons = الإضافات
sync-engine-tabs = الألسنة المفتوحة
sync-engine-prefs = الإعدادات
sync-engine-addresses = العناوين
sync-engine-creditcards = طرق الدفع
sync-engine-other = { $engine }
