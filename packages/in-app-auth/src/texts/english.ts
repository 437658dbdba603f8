/** What people read about errors, in Fluent; the ids are what translations go by. */
export const ENGLISH = `
in-app-error-account-already-exists = This address has an account by now. Please begin again to sign in.
in-app-error-account-creation-rejected = No account was made with this address. If it has one already, please sign in.
in-app-error-email-already-exists = This address belongs to another account.
in-app-error-email-can-not-be-used-to-login = One cannot sign in with this address. Please use the primary address of the account.
in-app-error-email-type-not-supported = This kind of address is not supported for signing in. Please use another one.
in-app-error-failed-to-send-email = The mail could not be sent. Please try again later.
in-app-error-incorrect-password = That is not the password of this account.
in-app-error-invalid-email-address = That is not an email address.
in-app-error-invalid-email-code = That is not the code that was mailed.
in-app-error-invalid-or-expired-verification-code = That code is wrong, or too old. Please use the newest mail.
in-app-error-invalid-unblock-code = That code is wrong, or was used already. Please use the newest mail.
in-app-error-invalid-totp-code = That is not what the authenticator shows now.
in-app-error-too-many-requests =
    { $minutes ->
        [one] There were too many tries. Please try again in a minute.
       *[other] There were too many tries. Please try again in { $minutes } minutes.
    }
in-app-error-server-unavailable = The accounts server is not available. Please try again later.
in-app-error-connection-timeout = The accounts server took too long to answer. Please check the connection and try again.
in-app-error-unknown-account = There is no account with this address any more.
in-app-error-unexpected = Something unexpected happened. Please try again.

in-app-failure-authentication-error = Signing in did not work. Please begin again.
in-app-failure-connection-failure-error = There is no connection to the server. Please try again later.
in-app-failure-dependent-connection-error = The server did not answer in time. Please try again later.
in-app-failure-no-connection-error = There is no internet connection.
in-app-failure-remote-service-error = The service that you sign in to did not answer as it should. Please try again later.
in-app-failure-ignored-error = Signing in was interrupted. Please begin again.
`;
