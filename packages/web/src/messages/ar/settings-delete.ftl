### Deleting the account.

delete-heading = حذف حسابك
delete-lead = لا رجعة في هذا. أدخل كلمة مرورك إن كنت متأكدًا. يُحذف ما يلي:
delete-loses-account = حسابك بعناوينه واسمه وصورته ومفتاح استعادته
delete-loses-data = ما يُحفظ لك معمّى بين الطرفين على الخادوم، فلا يستطيع أحد فتحه بعد الآن
delete-loses-service = اتصال { $name }
delete-action = حذف الحساب
delete-busy = جارٍ الحذف…
