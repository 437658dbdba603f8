/** How much of a sign-in happens inside the application; the rest does in a browser. */
export interface PlatformOptions {
  /** False: all of it in the browser. */
  readonly inApp: boolean;
  /** False: an unknown address goes on in the browser. */
  readonly accountCreation: boolean;
}

/** What Mozilla VPN 2.8 did by platform (in-app-auth §12): defaults for applications that want the same. */
export const PLATFORMS = {
  android: { inApp: true, accountCreation: true },
  ios: { inApp: true, accountCreation: true },
  windows: { inApp: true, accountCreation: false },
  macos: { inApp: true, accountCreation: false },
  linux: { inApp: false, accountCreation: false },
} as const satisfies Readonly<Record<string, PlatformOptions>>;
