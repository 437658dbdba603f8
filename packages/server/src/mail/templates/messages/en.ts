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

newDeviceLogin =
    .subject = New sign-in to your { $site } account
    .heading = New sign-in
    .intro = Somebody signed in to your account. If it was you, you need not do anything.
    .action = Look at your account
    .note = If it was not you, change your password now.

postVerify =
    .subject = Your { $site } account is ready
    .heading = Your account is ready
    .intro = Sign in on your other devices too, and they stay in step.
    .action = Connect another device
    .note = You can do this at any time.

passwordChanged =
    .subject = Your { $site } password was changed
    .heading = Your password was changed
    .intro = The password of your account was changed. If it was you, you need not do anything.
    .action = Reset password
    .note = If it was not you, reset your password now.

device = Device: { $device }
time = Time: { $time }
link-fallback = If the button does not work, open this link:
footer = This mail was sent by { $site } at { $host }. Answers are not read.
`;
