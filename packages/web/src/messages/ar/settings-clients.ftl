### What is connected to the account, and what applications may do.

clients-lead = كل ما سُجّل الدخول فيه بحسابك. ما لا تعرفه فافصله، ثم غيّر كلمة مرورك.
clients-unnamed = جهاز مجهول
clients-this = هذا المتصفح، الآن
clients-used = آخر استخدام { $date }
clients-disconnect = فصل
clients-disconnect-name = فصل { $name }
clients-disconnected = فُصل.
clients-disconnected-name = فُصل { $name }.
clients-allowed = ما يجوز للتطبيقات
clients-allowed-lead = سمحت بهذا حين سجّلت الدخول فيها. وهي تسأل من جديد حين تحتاج إلى ما تسحبه.
clients-since = منذ { $date }
clients-revoke = سحب
clients-revoke-what = سحب من { $name }: { $what }
clients-revoked = سُحب من { $name }.
