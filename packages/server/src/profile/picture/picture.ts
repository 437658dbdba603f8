/** A picture that is whole. */
export interface Picture {
  readonly contentType: 'image/png' | 'image/jpeg';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** The file without its metadata. */
  readonly bytes: Uint8Array;
}

/** A file that is no picture, or none that is accepted; the message says why, for the one who sent it. */
export class MalformedPicture extends Error {
  override readonly name = 'MalformedPicture';
}

/** A side longer than this is more than any page shows, and a small file can claim any. */
const LONGEST_SIDE = 4096;

/** @throws MalformedPicture unless both sides are of 1 to 4096 pixels */
export function requireSize(width: number, height: number): void {
  if (width >= 1 && width <= LONGEST_SIDE && height >= 1 && height <= LONGEST_SIDE) return;
  throw new MalformedPicture(`the picture must have 1 to ${LONGEST_SIDE} pixels on each side`);
}

/** @throws MalformedPicture with the reason unless something holds */
export function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new MalformedPicture(otherwise);
}
