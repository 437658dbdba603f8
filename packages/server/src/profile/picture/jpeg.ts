import { demand, MalformedPicture, type Picture, requireSize } from './picture.js';

const START = Buffer.from('ffd8', 'hex');
const END = Buffer.from('ffd9', 'hex');

/** Markers (ITU-T T.81, table B.1). */
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;
/** Baseline, extended and progressive, with Huffman codes: what browsers show. */
const FRAMES = [0xc0, 0xc1, 0xc2];
/** Huffman tables, quantization tables, restart interval. */
const TABLES = [0xc4, 0xdb, 0xdd];

/** A JFIF header without a thumbnail: says that the colours are YCbCr or grey. */
const JFIF = Buffer.from('ffe000104a46494600010100000100010000', 'hex');

interface Segment {
  readonly marker: number;
  /** Behind the two bytes of its length. */
  readonly data: Buffer;
  /** With marker and length; of a scan, with the coded picture. */
  readonly whole: Buffer;
}

/**
 * Reads a JPEG, its first marker already seen; what follows its end is left out, and so are comments and what
 * applications wrote into it, such as the place where it was taken.
 * @throws MalformedPicture
 */
export function readJpeg(file: Buffer): Picture {
  const segments = readSegments(file);
  const { width, height } = readFrame(segments);
  const kept = segments.map(keptOf).filter((bytes) => bytes !== undefined);
  return { contentType: 'image/jpeg', width, height, bytes: Buffer.concat([START, ...kept, END]) };
}

/** The segments up to the end of the picture. */
function readSegments(file: Buffer): Segment[] {
  const segments: Segment[] = [];
  for (let at = START.length; ; ) {
    demand(file[at] === 0xff, 'the JPEG is damaged');
    // A marker may be preceded by any number of fill bytes (T.81 §B.1.1.2).
    while (file[at + 1] === 0xff) at += 1;
    const marker = file[at + 1];
    demand(marker !== undefined, 'the JPEG ends too early');
    if (marker === EOI) return segments;
    demand(isKnown(marker), 'the JPEG is of an unknown form');
    demand(at + 4 <= file.length, 'the JPEG ends too early');
    const length = file.readUInt16BE(at + 2);
    const dataEnd = at + 2 + length;
    demand(length >= 2 && dataEnd <= file.length, 'the JPEG ends too early');
    const end = marker === SOS ? endOfScan(file, dataEnd) : dataEnd;
    segments.push({ marker, data: file.subarray(at + 4, dataEnd), whole: file.subarray(at, end) });
    at = end;
  }
}

function isKnown(marker: number): boolean {
  const isMetadata = (marker >= APP0 && marker <= APP15) || marker === COM;
  return isMetadata || marker === SOS || FRAMES.includes(marker) || TABLES.includes(marker);
}

/** Where the next marker is that is neither a stuffed byte nor a restart (T.81 §B.1.1.5). */
function endOfScan(file: Buffer, start: number): number {
  for (let at = file.indexOf(0xff, start); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new MalformedPicture('the JPEG ends too early');
}

/** The one frame, before every scan (T.81 §B.2.2). */
function readFrame(segments: readonly Segment[]): { width: number; height: number } {
  const [frame, ...others] = segments.filter(({ marker }) => FRAMES.includes(marker));
  demand(frame !== undefined && others.length === 0, 'the JPEG does not have one picture');
  const firstScan = segments.findIndex(({ marker }) => marker === SOS);
  demand(firstScan > segments.indexOf(frame), 'the JPEG has no picture');
  const { data } = frame;
  demand(data.length >= 6, 'the JPEG is damaged');
  const [precision, components] = [data[0], data[5] ?? 0];
  const isRight = precision === 8 && [1, 3, 4].includes(components) && data.length === 6 + 3 * components;
  demand(isRight, 'the JPEG is of an unknown form');
  const [height, width] = [data.readUInt16BE(1), data.readUInt16BE(3)];
  requireSize(width, height);
  return { width, height };
}

/** What it takes to draw the picture. Two segments of applications say how its colours are meant. */
function keptOf({ marker, data, whole }: Segment): Buffer | undefined {
  if (marker === APP0) return data.toString('latin1', 0, 5) === 'JFIF\0' ? JFIF : undefined;
  if (marker === APP14) return data.length === 12 && data.toString('latin1', 0, 5) === 'Adobe' ? whole : undefined;
  return (marker >= APP0 && marker <= APP15) || marker === COM ? undefined : whole;
}
