### An application asks that the person be signed out here too.

logout-checking-heading = لحظة واحدة
logout-heading = هل تريد تسجيل الخروج من { $site }؟
logout-lead-application = يطلب { $client } ذلك. سُجّل دخولك باسم
logout-lead = سُجّل دخولك باسم
logout-action = تسجيل الخروج
logout-busy = جارٍ تسجيل الخروج…
logout-stay = البقاء
logout-done-heading = سُجّل خروجك
logout-done-lead = يمكن إغلاق هذه الصفحة.
