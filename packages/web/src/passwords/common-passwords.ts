/** The list of common passwords is large, so it is loaded when somebody chooses one. */
export type IsCommon = (password: string) => boolean;

/** Loads the list; where it cannot be loaded no password is common, since a list must not keep anybody out. */
export async function loadCommonPasswords(): Promise<IsCommon> {
  try {
    const { default: list } = await import('fxa-common-password-list');
    return (password) => list.test(password);
  } catch {
    return () => false;
  }
}
