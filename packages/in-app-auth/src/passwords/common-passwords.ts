import { validatePasswordLength } from './checks.js';
import { decodeIncrementalList } from './incremental-list.js';

/** Tells passwords that everybody tries first. */
export interface CommonPasswords {
  /**
   * Whether a password is not among them; also true for one that is too short anyway, and where the list cannot be had:
   * a missing list must not keep people out (in-app-auth §8.3).
   */
  validatePasswordCommons(password: string): Promise<boolean>;
  /** Forgets the list; the next check loads it again. */
  refresh(): void;
}

/** @param load the list as text, incrementally encoded; it is asked for when the first password is checked */
export function commonPasswords(load: () => Promise<string> = builtInList): CommonPasswords {
  let list: Promise<ReadonlySet<string> | undefined> | undefined;
  const decode = async () => decodeIncrementalList(await load());
  return {
    async validatePasswordCommons(password) {
      if (!validatePasswordLength(password)) return true;
      list ??= decode().catch(() => undefined);
      const common = await list;
      if (common === undefined) list = undefined;
      return common?.has(password) !== true;
    },
    refresh() {
      list = undefined;
    },
  };
}

/** The list as its package keeps it, 242 kB; what its own reader decodes is asked in linear time. */
async function builtInList(): Promise<string> {
  const { default: text } = await import('fxa-common-password-list/src/encoded-passwords.js');
  return text;
}
