### Connecting another device by a code that it scans.

pair-busy = One moment…
pair-cancel = Cancel
pair-waiting = Keep this page open.

## How to begin

pair-ready-heading = Connect another device
pair-ready-lead = Nothing has to be typed there: it scans a code from this screen.
pair-ready-prepare = Have Firefox ready on your phone or tablet, and tell it to use { $site } in its settings.
pair-ready-scan = Choose “Sign in” there, then scan the code that opens here.
pair-ready-action = Show the code
pair-show-failed = Firefox did not show the code. Look for “Connect another device” in its settings.
pair-sign-in-heading = Sign in to Firefox first
pair-sign-in-lead = Firefox can show a code that signs in your phone, once it is signed in itself.
pair-sign-in-menu = Choose “Sign in” in the menu of Firefox.
pair-sign-in-back = Come back to this page.
pair-scanned-heading = Scan the code with Firefox
pair-scanned-lead = The camera of your phone has opened this page, but only Firefox itself can sign in with the code.
pair-scanned-open = Open Firefox on this phone, and tell it to use { $site } in its settings.
pair-scanned-choose = Choose “Sign in” there.
pair-scanned-scan = Scan the code on your computer once more.
pair-elsewhere-heading = Connect another device
pair-elsewhere-lead = Firefox on a computer can show a code that signs in your phone, without any typing.
pair-elsewhere-computer = Sign in to { $site } with Firefox on a computer.
pair-elsewhere-show = Open this page there, and show the code.
pair-elsewhere-scan = Choose “Sign in” in Firefox on your phone, and scan it.

## The device that is signed in

pair-authority-checking-heading = The other device cannot be looked up
pair-authority-asking-heading = Connect your other device?
pair-authority-asking-lead = { $application } wants to sign in to your account on another device. Go on only if it is yours, and has just scanned the code.
pair-authority-action = Yes, connect it
pair-authority-waiting-heading = Now confirm on the other device
pair-authority-waiting-lead = You have agreed here. As soon as you agree there too, { $application } is signed in.
pair-account = Your account is { $email }.

## The device that scanned the code

pair-supplicant-connecting-heading = Looking for the other device
pair-supplicant-connecting-lead = { $application } asks the device whose code you scanned.
pair-supplicant-asking-heading = Sign in with this account?
pair-supplicant-asking-lead = { $application } is to use the account of the device whose code you scanned. Go on only if both are yours.
pair-supplicant-action = Yes, sign in
pair-supplicant-waiting-heading = Now confirm on the other device
pair-supplicant-waiting-lead = You have agreed here. As soon as you agree there too, { $application } is signed in.

## What is known of the other device

pair-fact-name = Name
pair-fact-device = Device
pair-fact-place = Place
pair-fact-address = Internet address
pair-device-both = { $browser } on { $system }
pair-device-one = { $name }
pair-device-unknown = Unknown

## How it ended

pair-success-authority-heading = Your other device is connected
pair-success-authority-lead = It is signed in to your account. You can close this page.
pair-success-supplicant-heading = This device is connected
pair-success-supplicant-lead = It is signed in. You can close this page.
pair-success-either-heading = Your devices are connected
pair-success-either-lead = You can close this page.
pair-failure-heading = Nothing was connected
pair-failure-back = Back to { $application }
pair-failure-number = If you ask somebody for help, tell them the number { $number }.
pair-failure-unreachable = The other device is not waiting any more. Show a new code there, and scan it.
pair-failure-insecure = The connection to the other device was not safe, so it was cut off. Show a new code there, and scan that one yourself.
pair-failure-disconnected = The connection to the other device was lost. Show a new code, and scan it.
pair-failure-declined = It was cancelled on the other device.
pair-failure-cancelled = You have cancelled it.
pair-failure-timeout = It took too long. Show a new code, and scan it.
pair-failure-malformed = The other device said something that makes no sense here. Update Firefox on both, then show a new code and scan it.
pair-failure-unexpected = The devices lost track of each other. Show a new code, and scan it.
pair-failure-failed = Both devices have agreed, but the sign-in did not work. Show a new code, and scan it.
pair-failure-signed-out = This browser is not signed in any more. Sign in again, then show a new code and scan it.
