/** A page for the target to open (oauth-devices §4.1). */
export const COMMAND_SEND_TAB = 'https://identity.mozilla.com/cmd/open-uri';
/** Tabs for the target to close (oauth-devices §4.1). */
export const COMMAND_CLOSE_TABS = 'https://identity.mozilla.com/cmd/close-uri/v1';
