### The language of pages and mails.

language-lead = تظهر هذه الصفحات بهذه اللغة في هذا المتصفح، وتصلك بها أخبار حسابك في كل مكان.
language-label = اللغة
language-of-browser = كما في هذا المتصفح
language-save = حفظ اللغة
language-saved = حُفظت لغتك.
