import type { Random } from '@foxden/protocol';

const COUNT = 8;
const LENGTH = 10;
/** 32 letters and digits, without those that are taken for others. */
const SYMBOLS = '23456789abcdefghijkmnpqrstuvwxyz';

/** Eight backup codes of 50 random bits each (auth-api §6.11). */
export function createBackupCodes(random: Random): string[] {
  return Array.from({ length: COUNT }, () => [...random(LENGTH)].map((byte) => SYMBOLS[byte % 32]).join(''));
}
