### Setting an authenticator up, and its backup codes.

two-step-scan-heading = امسح هذا بتطبيق المصادقة
two-step-scan-lead = ثم أدخل الأرقام الستة التي يعرضها التطبيق.
two-step-picture = رمز QR لتطبيق مصادقة
two-step-secret = ليست لديك كاميرا؟ اكتب هذا المفتاح في التطبيق:
two-step-code = رمز التطبيق
two-step-confirm = تأكيد
two-step-error-format = يتكون الرمز من ستة أرقام.
two-step-error-wrong = هذا الرمز خاطئ أو قديم. أدخل الرمز الذي يعرضه التطبيق الآن.
two-step-codes-heading = احتفظ برموزك الاحتياطية
two-step-codes-lead = يصلح كل منها مرة واحدة بدلًا من التطبيق. لا تظهر إلا الآن: احفظها حيث تجدها من دون هاتفك.
two-step-codes-kept = احتفظت بها
