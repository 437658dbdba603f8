/** What a browser may lack so that no page of ours can work in it. */
export type MissingAbility = 'cryptography' | 'storage';

/** The first ability that is missing: WebCrypto (absent on plain http beyond this machine), or storage that was blocked. */
export function missingAbility(global: typeof globalThis): MissingAbility | undefined {
  if (global.crypto?.subtle === undefined) return 'cryptography';
  return canStore(global) ? undefined : 'storage';
}

function canStore(global: typeof globalThis): boolean {
  try {
    const probe = 'foxden.probe';
    global.localStorage.setItem(probe, probe);
    global.localStorage.removeItem(probe);
    return true;
  } catch {
    return false;
  }
}
