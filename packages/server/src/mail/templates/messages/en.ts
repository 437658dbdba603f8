/**
 * The words of the mails in English (Fluent). A message has the name of its template; `.action` is the label of the
 * button. $site is the name of the service.
 */
export const en = `
-code-validity = It works for 10 minutes.

verify =
    .subject = Confirm your { $site } account
    .heading = Confirm your account
    .intro = One step is left: confirm that this is your email address.
    .action = Confirm address
    .note = If you did not create an account, you need not do anything.

verifyShortCode =
    .subject = Your { $site } confirmation code
    .heading = Confirm your account
    .intro = Enter this code to confirm that this is your email address. { -code-validity }
    .note = If you did not create an account, you need not do anything.

verifyLogin =
    .subject = Confirm your sign-in to { $site }
    .heading = Is this you signing in?
    .intro = Somebody signed in with your password. If it was you, confirm it.
    .action = Confirm sign-in
    .note = If it was not you, do not confirm it, and change your password: somebody else knows it.

verifyLoginCode =
    .subject = Your { $site } sign-in code
    .heading = Is this you signing in?
    .intro = Somebody signed in with your password. If it was you, enter this code. { -code-validity }
    .note = If it was not you, tell nobody the code, and change your password: somebody else knows it.

verifyPrimary =
    .subject = Confirm your { $site } address
    .heading = Confirm your address
    .intro = Somebody signed in to your account and asks to confirm that this address is yours. If it was you, confirm it.
    .action = Confirm address
    .note = If it was not you, do not confirm it, and change your password.

verifySecondaryCode =
    .subject = Confirm your second address for { $site }
    .heading = Confirm your second address
    .intro = The account below wants to add this address. If it is yours, enter this code. { -code-validity }
    .note = If you do not know this account, tell nobody the code. Without it, nothing happens.

verifyAccountChange =
    .subject = Your { $site } code for changing your account
    .heading = Is this you changing your account?
    .intro =
        { $minutes ->
            [one] Somebody wants to change the settings of your account. If it is you, enter this code. It works for one minute.
           *[other] Somebody wants to change the settings of your account. If it is you, enter this code. It works for { $minutes } minutes.
        }
    .note = If it is not you, tell nobody the code, and change your password: somebody else is signed in to your account.

unblockCode =
    .subject = Your { $site } authorization code
    .heading = Is this you signing in?
    .intro = There were many attempts to sign in to your account, so we stopped them. If you are signing in, enter this code. It works for one hour.
    .action = It was not me
    .note = If it was not you, tell nobody the code, and report it with the link above.

newDeviceLogin =
    .subject = New sign-in to your { $site } account
    .heading = New sign-in
    .intro = Somebody signed in to your account. If it was you, you need not do anything.
    .action = Look at your account
    .note = If it was not you, change your password now.

accountExists =
    .subject = You have a { $site } account already
    .heading = You have an account already
    .intro = Somebody wanted to make an account with the address below. It belongs to your account. If it was you, sign in instead; if you have forgotten your password, you can reset it there.
    .action = Sign in
    .note = If it was not you, you need not do anything. Nothing about your account has changed.

postVerify =
    .subject = Your { $site } account is ready
    .heading = Your account is ready
    .intro = Sign in on your other devices too, and they stay in step.
    .action = Connect another device
    .note = You can do this at any time.

postVerifySecondary =
    .subject = Your { $site } account has another address
    .heading = An address was added
    .intro = Your account has another address. Notices about your account’s security go to it, too.
    .action = Look at your account
    .note = If it was not you, remove the address and change your password.

postRemoveSecondary =
    .subject = An address of your { $site } account was removed
    .heading = An address was removed
    .intro = An address was removed from your account. Nothing about your account goes there any more.
    .action = Look at your account
    .note = If it was not you, change your password now.

postChangePrimary =
    .subject = Your { $site } account has another primary address
    .heading = Your primary address was changed
    .intro = Use this address to sign in from now on. Your password is still the same.
    .action = Look at your account
    .note = If it was not you, change your password now.

recovery =
    .subject = Reset your { $site } password
    .heading = Reset your password
    .intro = Somebody asked to reset the password of your account. If it was you, choose a new one. The link works for one hour.
    .action = Choose a new password
    .note = If it was not you, you need not do anything. Your password stays as it is.

passwordForgotOtp =
    .subject = Your { $site } code for resetting your password
    .heading = Reset your password
    .intro = Somebody asked to reset the password of your account. If it was you, enter this code. { -code-validity }
    .note = If it was not you, tell nobody the code. Your password stays as it is.

passwordReset =
    .subject = Your { $site } password was reset
    .heading = Your password was reset
    .intro = Your account has a new password. Sign in with it on all your devices.
    .action = Look at your account
    .note = If it was not you, reset your password now.

passwordResetWithRecoveryKeyPrompt =
    .subject = Your { $site } password was reset
    .heading = Your password was reset
    .intro = Your account has a new password. Sign in with it on all your devices. With a recovery key, your encrypted data survives when you forget your password again.
    .action = Make a recovery key
    .note = If it was not you, reset your password now.

passwordResetAccountRecovery =
    .subject = Your { $site } password was reset with your recovery key
    .heading = Your password was reset
    .intro = Your account has a new password, and your recovery key saved your encrypted data. That key is used up: make a new one.
    .action = Make a recovery key
    .note = If it was not you, reset your password now.

passwordChanged =
    .subject = Your { $site } password was changed
    .heading = Your password was changed
    .intro = The password of your account was changed. If it was you, you need not do anything.
    .action = Reset password
    .note = If it was not you, reset your password now.

passwordChangeRequired =
    .subject = Change your { $site } password
    .heading = Change your password
    .intro = We saw something suspicious about your account. To protect it, you need a new password before you can use it again.
    .action = Change password
    .note = Choose a password that you use nowhere else.

postAddTwoStepAuthentication =
    .subject = Two-step sign-in is on for your { $site } account
    .heading = Two-step sign-in is on
    .intro = Signing in takes your password and a code from your authenticator app from now on.
    .action = Look at your account
    .note = If it was not you, change your password now.

postChangeTwoStepAuthentication =
    .subject = Two-step sign-in of your { $site } account was changed
    .heading = Your authenticator app was changed
    .intro = Another authenticator app makes the codes for signing in now. The old one does not work any more.
    .action = Look at your account
    .note = If it was not you, change your password now.

postRemoveTwoStepAuthentication =
    .subject = Two-step sign-in is off for your { $site } account
    .heading = Two-step sign-in is off
    .intro = Signing in takes nothing but your password from now on.
    .action = Look at your account
    .note = If it was not you, change your password now.

postNewRecoveryCodes =
    .subject = New backup codes for your { $site } account
    .heading = You have new backup codes
    .intro = There are new codes for signing in without your authenticator app. The old ones do not work any more.
    .action = Look at your account
    .note = If it was not you, change your password now.

postSigninRecoveryCode =
    .subject = A backup code was used for your { $site } account
    .heading = A backup code was used
    .intro =
        { $remaining ->
            [0] Somebody signed in with a backup code. It was the last one.
            [one] Somebody signed in with a backup code. One code is left.
           *[other] Somebody signed in with a backup code. { $remaining } codes are left.
        }
    .action = Make new codes
    .note = If it was not you, change your password now.

lowRecoveryCodes =
    .subject = Your { $site } backup codes are running out
    .heading = Your backup codes are running out
    .intro =
        { $remaining ->
            [0] There is no backup code left. Without one you cannot sign in if you lose your authenticator app.
            [one] One backup code is left. Without one you cannot sign in if you lose your authenticator app.
           *[other] { $remaining } backup codes are left. Without one you cannot sign in if you lose your authenticator app.
        }
    .action = Make new codes
    .note = New codes replace the old ones.

postAddAccountRecovery =
    .subject = Your { $site } account has a recovery key
    .heading = You have a recovery key
    .intro = With this key, your encrypted data survives when you forget your password. Keep it in a safe place.
    .action = Look at your account
    .note = If it was not you, remove the key and change your password.

postChangeAccountRecovery =
    .subject = Your { $site } account has a new recovery key
    .heading = You have a new recovery key
    .intro = The old recovery key does not work any more. Keep the new one in a safe place.
    .action = Look at your account
    .note = If it was not you, remove the key and change your password.

postRemoveAccountRecovery =
    .subject = The recovery key of your { $site } account was removed
    .heading = Your recovery key was removed
    .intro = Without a recovery key, your encrypted data is lost when you forget your password.
    .action = Look at your account
    .note = If it was not you, change your password now.

verificationReminderFirst =
    .subject = Remember to confirm your { $site } account
    .heading = Remember to confirm your account
    .intro = You created an account but have not confirmed your address yet. You can use the account after that.
    .action = Confirm address
    .note = If you did not create an account, you need not do anything.

verificationReminderSecond =
    .subject = Your { $site } account still waits for you
    .heading = Your account still waits for you
    .intro = You created an account some days ago but have not confirmed your address yet. It takes one click.
    .action = Confirm address
    .note = If you did not create an account, you need not do anything.

verificationReminderFinal =
    .subject = Last reminder to confirm your { $site } account
    .heading = Last reminder to confirm your account
    .intro = You created an account two weeks ago but have not confirmed your address. We will not remind you again.
    .action = Confirm address
    .note = If you did not create an account, you need not do anything.

cadReminderFirst =
    .subject = Reminder: connect another device to { $site }
    .heading = Connect another device
    .intro = You asked us to remind you: sign in on your other devices too, and they stay in step.
    .action = Connect another device
    .note = You can do this at any time.

cadReminderSecond =
    .subject = Last reminder: connect another device to { $site }
    .heading = Connect another device
    .intro = You asked us to remind you: sign in on your other devices too, and they stay in step. We will not remind you again.
    .action = Connect another device
    .note = You can do this at any time.

email = Address: { $email }
device = Device: { $device }
time = Time: { $time }
link-fallback = If the button does not work, open this link:
footer = This mail was sent by { $site } at { $host }. Answers are not read.
`;
