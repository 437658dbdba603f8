import { crc32, deflateSync } from 'node:zlib';

/** Pictures made by hand, part by part, so that a test can leave one out or spoil it. */
export type Chunk = readonly [type: string, data: Uint8Array];

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

export function pngHeader(width: number, height: number, form: readonly number[] = [8, 2, 0, 0, 0]): Chunk {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set(form, 8);
  return ['IHDR', data];
}

/** One line of black pixels: enough for what reads no pixels. */
export const PNG_DATA: Chunk = ['IDAT', deflateSync(Buffer.alloc(4))];
export const PNG_END: Chunk = ['IEND', Buffer.alloc(0)];

export function png(...chunks: readonly Chunk[]): Buffer {
  return Buffer.concat([PNG_SIGNATURE, ...chunks.map(chunkBytes)]);
}

function chunkBytes([type, data]: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** A picture of one red pixel. */
export const RED_PNG = png(pngHeader(1, 1), ['IDAT', deflateSync(Buffer.from([0, 255, 0, 0]))], PNG_END);

export type Segment = readonly [marker: number, data: Uint8Array];

export function jpegFrame(width: number, height: number, components = 1, marker = 0xc0): Segment {
  const data = Buffer.alloc(6 + 3 * components);
  data[0] = 8;
  data.writeUInt16BE(height, 1);
  data.writeUInt16BE(width, 3);
  data[5] = components;
  for (let index = 0; index < components; index += 1) data.set([index + 1, 0x11, 0], 6 + 3 * index);
  return [marker, data];
}

/** Every quantum is 1. */
export const JPEG_QUANTA: Segment = [0xdb, Buffer.from([0, ...Array.from({ length: 64 }, () => 1)])];
/** One code of one bit, for DC and for AC: the value 0 and the end of the block. */
export const JPEG_CODES: Segment = [
  0xc4,
  Buffer.from([0x00, 1, ...Array.from({ length: 15 }, () => 0), 0, 0x10, 1, ...Array.from({ length: 15 }, () => 0), 0]),
];
/** A scan of one component; behind its header stand the bits of one block, both 0, and padding. */
export const JPEG_SCAN: Segment = [0xda, Buffer.from([1, 1, 0x00, 0, 63, 0])];
export const JPEG_BITS = Buffer.from([0x3f]);

export function segmentBytes([marker, data]: Segment): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length + 2);
  return Buffer.concat([Buffer.from([0xff, marker]), length, data]);
}

export function jpeg(segments: readonly Segment[], bits: Uint8Array = JPEG_BITS): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments.map(segmentBytes), bits, Buffer.from([0xff, 0xd9])]);
}

/** A picture of one grey pixel. */
export const GREY_JPEG = jpeg([JPEG_QUANTA, jpegFrame(1, 1), JPEG_CODES, JPEG_SCAN]);
