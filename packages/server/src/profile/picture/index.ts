// Pictures that people send: PNG and JPEG, read just far enough to know that they are whole, how large they are, and what
// in them is no picture. PNG (ISO/IEC 15948), JPEG (ITU-T T.81).
import { readJpeg } from './jpeg.js';
import { MalformedPicture, type Picture } from './picture.js';
import { PNG_SIGNATURE, readPng } from './png.js';

export { MalformedPicture, type Picture } from './picture.js';

/**
 * Reads a picture by what it begins with.
 * @returns the picture without metadata
 * @throws MalformedPicture for anything else than a whole PNG or JPEG of at most 4096 by 4096 pixels
 */
export function readPicture(file: Uint8Array): Picture {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return readPng(bytes);
  if (bytes.length >= 2 && bytes.readUInt16BE(0) === 0xffd8) return readJpeg(bytes);
  throw new MalformedPicture('the file is neither a PNG nor a JPEG');
}
