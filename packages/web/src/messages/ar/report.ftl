### A code came by mail that its receiver did not ask for.

report-heading = ألم تكن أنت من حاول تسجيل الدخول؟
report-lead = أبطل إذن الرمز الذي في تلك الرسالة. لا يستطيع أحد تسجيل الدخول به بعد ذلك.
report-action = إبطال الرمز
report-busy = لحظة واحدة…
report-done-heading = لم يعد الرمز صالحًا
report-done-text = قد يعرف من حاول كلمة مرورك. إن لم تكن متأكدًا، فاختر كلمة جديدة.
report-done-action = اختيار كلمة مرور جديدة
report-over = لا يعمل الرمز: استُخدم من قبل، أو هو قديم.
report-broken = ينقص الرابط جزء. تقطع برامج البريد الروابط الطويلة أحيانًا: انسخ الرابط كله من الرسالة.
