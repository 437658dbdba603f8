import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * A black-and-white picture as PNG: one bit a pixel, greyscale (ISO/IEC 15948).
 * @param rows of equal length; true is black
 * @param scale pixels to a side of each square
 */
export function png(rows: readonly (readonly boolean[])[], scale: number): Buffer {
  const width = (rows[0]?.length ?? 0) * scale;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length * scale, 4);
  header.writeUInt8(1, 8);
  const lines = rows.flatMap((row) => Array<Buffer>(scale).fill(scanLine(row, width, scale)));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A line without a filter: the first byte says so, then eight pixels a byte, white ones set. */
function scanLine(row: readonly boolean[], width: number, scale: number): Buffer {
  const line = Buffer.alloc(1 + Math.ceil(width / 8));
  for (let x = 0; x < width; x += 1) {
    const byte = 1 + (x >> 3);
    if (row[Math.floor(x / scale)] !== true) line.writeUInt8(line.readUInt8(byte) | (0x80 >> (x & 7)), byte);
  }
  return line;
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8 + typed.length);
  frame.writeUInt32BE(data.length, 0);
  frame.set(typed, 4);
  frame.writeUInt32BE(crc32(typed), 4 + typed.length);
  return frame;
}
