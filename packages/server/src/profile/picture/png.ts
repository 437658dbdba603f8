import { crc32 } from 'node:zlib';
import { demand, MalformedPicture, type Picture, requireSize } from './picture.js';

export const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** What it takes to draw the picture. Everything else is left out: texts, times, profiles, animations. */
const KEPT = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

/** Colour type → bit depths (PNG §11.2.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const INDEXED = 3;
const GREYSCALES = [0, 4];

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** With its length, type and checksum. */
  readonly whole: Buffer;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly colourType: number;
}

/**
 * Reads a PNG, its signature already seen; what follows its last chunk is left out.
 * @throws MalformedPicture
 */
export function readPng(file: Buffer): Picture {
  const chunks = readChunks(file);
  const header = readHeader(chunks[0]);
  requireOrder(chunks, header);
  const kept = chunks.filter(({ type }) => KEPT.includes(type)).map(({ whole }) => whole);
  const { width, height } = header;
  return { contentType: 'image/png', width, height, bytes: Buffer.concat([PNG_SIGNATURE, ...kept]) };
}

/** The chunks up to the one that ends the picture. */
function readChunks(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = PNG_SIGNATURE.length; ; ) {
    demand(at + 12 <= file.length, 'the PNG ends too early');
    const length = file.readUInt32BE(at);
    const end = at + 12 + length;
    demand(end <= file.length, 'the PNG ends too early');
    const type = file.toString('latin1', at + 4, at + 8);
    demand(/^[A-Za-z]{4}$/.test(type), 'the PNG has a chunk without a type');
    demand(crc32(file.subarray(at + 4, end - 4)) === file.readUInt32BE(end - 4), 'the PNG is damaged');
    chunks.push({ type, data: file.subarray(at + 8, end - 4), whole: file.subarray(at, end) });
    if (type === 'IEND') return chunks;
    at = end;
  }
}

function readHeader(chunk: Chunk | undefined): Header {
  demand(chunk?.type === 'IHDR' && chunk.data.length === 13, 'the PNG does not begin with its header');
  const { data } = chunk;
  const [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
  const [depth, colourType, compression, filter, interlace] = data.subarray(8);
  requireSize(width, height);
  const isKnown = compression === 0 && filter === 0 && (interlace === 0 || interlace === 1);
  demand(isKnown && DEPTHS[colourType ?? -1]?.includes(depth ?? 0) === true, 'the PNG is of an unknown form');
  return { width, height, colourType: colourType ?? 0 };
}

/** Which chunks there are, how often and where (PNG §5.6); a critical chunk that nobody knows may change the picture. */
function requireOrder(chunks: readonly Chunk[], { colourType }: Header): void {
  const types = chunks.map(({ type }) => type);
  const isCritical = (type: string) => /^[A-Z]/.test(type);
  demand(
    types.every((type) => !isCritical(type) || KEPT.includes(type)),
    'the PNG has an unknown critical chunk',
  );
  for (const single of ['IHDR', 'PLTE', 'tRNS']) {
    demand(types.filter((type) => type === single).length <= 1, `the PNG has more than one ${single} chunk`);
  }
  const [first, last] = [types.indexOf('IDAT'), types.lastIndexOf('IDAT')];
  demand(first >= 0, 'the PNG has no picture');
  demand(
    types.slice(first, last).every((type) => type === 'IDAT'),
    'the PNG has its picture in pieces',
  );
  demand(types.indexOf('tRNS') < first, 'the PNG has its transparency in the wrong place');
  demand(chunks.at(-1)?.data.length === 0, 'the PNG has something in its end');
  requirePalette(chunks, types.indexOf('PLTE'), first, colourType);
}

function requirePalette(chunks: readonly Chunk[], at: number, firstData: number, colourType: number): void {
  const palette = chunks[at];
  if (palette === undefined) {
    if (colourType === INDEXED) throw new MalformedPicture('the PNG has no palette');
    return;
  }
  const { length } = palette.data;
  const isRight = at < firstData && length > 0 && length <= 768 && length % 3 === 0;
  demand(isRight && !GREYSCALES.includes(colourType), 'the PNG has a palette that cannot be');
}
