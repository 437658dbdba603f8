/** FxA's rule table (auth-api §7): action : property : attempts : window : duration : policy. */
export const DEFAULT_RULES = `
# Every action without a rule of its own.
default                          : ip       : 900 : 15 minutes : 15 minutes : report

# Wrong passwords, wrong codes, accounts that do not exist: counted after the fact.
passwordCheckFailed              : ip       :  50 : 24 hours   : 4 hours    : ban
accountStatusCheckFailed         : ip       :  50 : 24 hours   : 4 hours    : ban
unblockCodeFailed                : ip       :  50 : 24 hours   : 15 minutes : ban
accountDestroyFailed             : ip       :  50 : 24 hours   : 15 minutes : ban
verifyTotpCodeFailed             : ip       :  50 : 24 hours   : 15 minutes : ban
verifySessionCodeFailed          : ip       :  50 : 24 hours   : 15 minutes : ban
statusCheckFailed                : ip       :  50 : 24 hours   : 15 minutes : ban
passwordChangeStartFailed        : ip       :  50 : 24 hours   : 15 minutes : ban
loadAccountFailed                : ip       :  50 : 24 hours   : 15 minutes : ban

# Sign-up, and questions that tell whether an account exists.
accountCreate                    : ip       : 100 : 24 hours   : 24 hours   : block
accountStatusCheck               : ip       : 100 : 15 minutes : 15 minutes : block
recoveryKeyExists                : ip       : 100 : 15 minutes : 15 minutes : block
getCredentialsStatus             : ip       : 100 : 15 minutes : 15 minutes : block

# Passwords.
accountLogin                     : ip_email :   5 : 15 minutes : 15 minutes : block
accountLogin                     : email    :  50 : 24 hours   : 24 hours   : block
accountLogin                     : ip       : 100 : 24 hours   : 15 minutes : ban
authenticatedAccountLogin        : ip_uid   :   5 : 15 minutes : 15 minutes : block
authenticatedAccountLogin        : email    :  50 : 24 hours   : 24 hours   : block
authenticatedAccountLogin        : ip       : 100 : 24 hours   : 15 minutes : ban
passwordChange                   : ip_email :   5 : 15 minutes : 15 minutes : block
passwordChange                   : ip       : 100 : 24 hours   : 15 minutes : ban
authenticatedPasswordChange      : ip_uid   :   5 : 15 minutes : 15 minutes : block
authenticatedPasswordChange      : ip       : 100 : 24 hours   : 15 minutes : ban
accountDestroy                   : ip_uid   :   5 : 15 minutes : 15 minutes : block
accountDestroy                   : ip       : 100 : 24 hours   : 15 minutes : ban

# Mails that somebody asks for.
createEmail                      : ip_uid   :   5 : 15 minutes : 15 minutes : block
recoveryEmailResendCode          : ip_uid   :   5 : 15 minutes : 15 minutes : block
sendVerifyCode                   : ip_uid   :   5 : 15 minutes : 15 minutes : block
sendVerifyCode                   : ip       : 100 : 24 hours   : 15 minutes : ban
recoveryEmailSecondaryResendCode : ip_email :   5 : 15 minutes : 15 minutes : block
recoveryEmailSecondaryResendCode : ip       : 100 : 24 hours   : 15 minutes : ban
passwordForgotSendCode           : ip_email :   5 : 15 minutes : 15 minutes : block
passwordForgotSendCode           : ip       : 100 : 24 hours   : 15 minutes : ban
passwordForgotResendCode         : ip_email :   5 : 15 minutes : 15 minutes : block
passwordForgotResendCode         : ip       : 100 : 24 hours   : 15 minutes : ban
sendUnblockCode                  : ip_email :   5 : 15 minutes : 15 minutes : block
sendUnblockCode                  : ip       : 100 : 24 hours   : 15 minutes : ban
passwordForgotSendOtp            : ip_email :   5 : 10 minutes : 15 minutes : block
passwordForgotSendOtp            : ip       : 100 : 24 hours   : 15 minutes : ban
unblockEmail                     : ip_email :  10 : 10 minutes : 15 minutes : block
unblockEmail                     : ip       : 100 : 24 hours   : 15 minutes : ban

# Codes that somebody types or follows.
passwordForgotVerifyOtp          : ip_email :   5 : 10 minutes : 15 minutes : block
passwordForgotVerifyOtp          : ip       : 100 : 24 hours   : 15 minutes : ban
passwordForgotVerifyOtpPerDay    : ip_email :  10 : 24 hours   : 24 hours   : block
passwordForgotVerifyOtpPerDay    : ip       : 100 : 24 hours   : 15 minutes : ban
passwordForgotVerifyCode         : ip_email :  10 : 10 minutes : 30 minutes : block
passwordForgotVerifyCode         : ip       : 100 : 24 hours   : 15 minutes : ban
recoveryEmailVerifyCode          : ip_uid   :  10 : 10 minutes : 30 minutes : block
recoveryEmailVerifyCode          : ip       : 100 : 24 hours   : 15 minutes : ban
recoveryEmailSecondaryVerifyCode : ip_uid   :  10 : 10 minutes : 30 minutes : block
recoveryEmailSecondaryVerifyCode : ip       : 100 : 24 hours   : 15 minutes : ban
verifyRecoveryCode               : ip_uid   :  10 : 10 minutes : 30 minutes : block
verifyRecoveryCode               : ip       : 100 : 24 hours   : 15 minutes : ban
verifySessionCode                : ip_uid   :  10 : 15 minutes : 15 minutes : block
verifySessionCode                : ip       : 100 : 24 hours   : 15 minutes : ban
verifyTotpCode                   : ip_uid   :  10 : 30 seconds : 15 minutes : block
verifyTotpCode                   : ip       : 100 : 24 hours   : 15 minutes : ban
totpCreate                       : ip_uid   :  10 : 10 minutes : 15 minutes : block
totpCreate                       : ip       : 100 : 24 hours   : 15 minutes : ban
verifyRecoveryPhoneTotpCode      : ip_uid   :   5 : 5 minutes  : 15 minutes : block
verifyRecoveryPhoneTotpCode      : ip       : 100 : 24 hours   : 15 minutes : ban
recoveryPhoneSendSetupCode       : ip_uid   :   9 : 24 hours   : 24 hours   : block
recoveryPhoneSendSetupCode       : ip       : 100 : 24 hours   : 15 minutes : ban
recoveryPhoneSendSigninCode      : ip_uid   :   6 : 24 hours   : 24 hours   : block
recoveryPhoneSendSigninCode      : ip       : 100 : 24 hours   : 15 minutes : ban

# Ours, for what FxA counts elsewhere: what one account makes its devices fetch and be told.
invokeDeviceCommand              : uid      : 500 : 15 minutes : 15 minutes : block
notifyDevices                    : uid      : 500 : 15 minutes : 15 minutes : block

# Ours, for what FxA's table leaves to the default: mailed digits that allow a change, codes for a new authenticator, and
# codes of one account's authenticator from ever other addresses.
mfaOtpCodeRequestFor2fa          : ip_uid   :   5 : 15 minutes : 15 minutes : block
mfaOtpCodeRequestForEmail        : ip_uid   :   5 : 15 minutes : 15 minutes : block
mfaOtpCodeRequestForPassword     : ip_uid   :   5 : 15 minutes : 15 minutes : block
mfaOtpCodeRequestForRecoveryKey  : ip_uid   :   5 : 15 minutes : 15 minutes : block
mfaOtpCodeVerifyFor2fa           : ip_uid   :  10 : 15 minutes : 15 minutes : block
mfaOtpCodeVerifyForEmail         : ip_uid   :  10 : 15 minutes : 15 minutes : block
mfaOtpCodeVerifyForPassword      : ip_uid   :  10 : 15 minutes : 15 minutes : block
mfaOtpCodeVerifyForRecoveryKey   : ip_uid   :  10 : 15 minutes : 15 minutes : block
totpReplace                      : ip_uid   :  10 : 30 seconds : 15 minutes : block
verifyTotpCode                   : uid      : 100 : 24 hours   : 4 hours    : block

# Ours, for servers that hide accounts: a sign-up mails whoever reads the address, with an account or without.
accountCreateMail                : ip_email :   5 : 15 minutes : 15 minutes : block
accountCreateMail                : email    :  20 : 24 hours   : 24 hours   : block

# Of the GraphQL API alone (graphql §3.1).
updateDisplayName                : ip       :  60 : 15 minutes : 15 minutes : ban
`;
