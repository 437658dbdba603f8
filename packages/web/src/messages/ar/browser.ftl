### What is only said in a flow that a browser has begun.

browser-taken = سُجّل الدخول في فيرفكس هذا بهذا الحساب. لاستخدام حساب آخر، سجّل الخروج في فيرفكس أولًا.
notice-not-linked = لم يتغير شيء في فيرفكس هذا.
finish-browser-heading = لم يُسجَّل الدخول في فيرفكس بعد
failure-browser = لم يقبل فيرفكس تسجيل الدخول. حاول مرة أخرى، أو ابدأ من جديد من قائمة فيرفكس.
failure-browser-taken = سُجّل الدخول في فيرفكس هذا بحساب آخر. سجّل الخروج في فيرفكس أولًا، ثم ابدأ من جديد من قائمته.
