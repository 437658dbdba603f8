### The way back to the application did not open at once.

finish-heading = العودة إلى { $client }
finish-action = المحاولة مرة أخرى
finish-busy = لحظة واحدة…
failure-refused = رفض هذا الخادوم ما طلبه التطبيق ({ $code }). عُد إليه وحاول مرة أخرى.
