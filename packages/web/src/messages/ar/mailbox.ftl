### Signing up where accounts are hidden: the same page for a new address and for one that has an account.

mailbox-heading = انظر في بريدك
mailbox-lead = رسالة في طريقها إلى { $email }. افتح الرابط الذي فيها، ثم سجّل الدخول.
mailbox-sign-in = تسجيل الدخول
mailbox-again = لم تصل رسالة؟ ابدأ من جديد
