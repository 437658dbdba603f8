import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MalformedPicture, readPicture } from '../../src/profile/picture/index.js';
import {
  type Chunk,
  GREY_JPEG,
  JPEG_BITS,
  JPEG_CODES,
  JPEG_QUANTA,
  JPEG_SCAN,
  jpeg,
  jpegFrame,
  PNG_DATA,
  PNG_END,
  png,
  pngHeader,
  RED_PNG,
  type Segment,
} from './pictures.js';

const ascii = (text: string) => Buffer.from(text, 'latin1');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Why a file is refused; fails when it is not, or ends in another error. */
function refusal(file: Uint8Array): string {
  try {
    readPicture(file);
  } catch (error) {
    if (error instanceof MalformedPicture) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

/** Reads a file or refuses it; any other error is thrown. */
function readsOrRefuses(file: Uint8Array): boolean {
  try {
    readPicture(file);
    return true;
  } catch (error) {
    if (error instanceof MalformedPicture) return false;
    throw error;
  }
}

const flipped = (file: Uint8Array, bit: number): Buffer => {
  const copy = Buffer.from(file);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

/** Metadata in every form that the formats have for it. */
const PRIVATE = 'taken at home';
const PNG_METADATA: readonly Chunk[] = [
  ['tEXt', ascii(`Comment\0${PRIVATE}`)],
  ['iTXt', ascii(`Comment\0\0\0\0\0${PRIVATE}`)],
  ['eXIf', ascii(`MM\0*${PRIVATE}`)],
  ['iCCP', ascii(`${PRIVATE}\0\0`)],
  ['tIME', Buffer.alloc(7)],
  ['acTL', Buffer.alloc(8)],
  ['prVt', ascii(PRIVATE)],
];
const JPEG_METADATA: readonly Segment[] = [
  [0xe0, ascii(`JFXX\0${PRIVATE}`)],
  [0xe1, ascii(`Exif\0\0${PRIVATE}`)],
  [0xe1, ascii(`http://ns.adobe.com/xap/1.0/\0${PRIVATE}`)],
  [0xe2, ascii(`ICC_PROFILE\0${PRIVATE}`)],
  [0xed, ascii(`Photoshop 3.0\0${PRIVATE}`)],
  [0xee, ascii(`Adobe${PRIVATE}`)],
  [0xef, ascii(PRIVATE)],
  [0xfe, ascii(PRIVATE)],
];

describe('a PNG', () => {
  test('is read, and comes out as it was when there is nothing else in it', () => {
    const { bytes, ...rest } = readPicture(RED_PNG);
    expect(rest).toEqual({ contentType: 'image/png', width: 1, height: 1 });
    expect(hex(bytes)).toBe(hex(RED_PNG));
  });

  test('loses what is no picture, and what stands behind its end', () => {
    const [before, after] = [PNG_METADATA.slice(0, 3), PNG_METADATA.slice(3)];
    const file = png(pngHeader(1, 1), ...before, PNG_DATA, ...after, PNG_END);
    const { bytes } = readPicture(Buffer.concat([file, ascii(`<script>${PRIVATE}</script>`)]));
    expect(hex(bytes)).toBe(hex(png(pngHeader(1, 1), PNG_DATA, PNG_END)));
  });

  test('keeps palette and transparency, and all pieces of the picture', () => {
    const palette: Chunk = ['PLTE', Buffer.alloc(6)];
    const transparency: Chunk = ['tRNS', Buffer.alloc(2)];
    const file = png(pngHeader(2, 1, [1, 3, 0, 0, 0]), palette, transparency, PNG_DATA, PNG_DATA, PNG_END);
    expect(hex(readPicture(file).bytes)).toBe(hex(file));
  });

  test.each([
    [1, 1],
    [4096, 4096],
    [1, 4096],
  ])('may have %d by %d pixels', (width, height) => {
    expect(readPicture(png(pngHeader(width, height), PNG_DATA, PNG_END))).toMatchObject({ width, height });
  });

  test.each([
    [0, 1],
    [1, 0],
    [4097, 1],
    [1, 4097],
    [2 ** 32 - 1, 2 ** 32 - 1],
  ])('may not have %d by %d pixels', (width, height) => {
    expect(refusal(png(pngHeader(width, height), PNG_DATA, PNG_END))).toContain('4096 pixels');
  });

  test.each<[string, readonly Chunk[], string]>([
    ['no header', [PNG_DATA, PNG_END], 'header'],
    ['a header of another length', [['IHDR', Buffer.alloc(14)], PNG_DATA, PNG_END], 'header'],
    ['two headers', [pngHeader(1, 1), pngHeader(1, 1), PNG_DATA, PNG_END], 'IHDR'],
    ['a depth that its colour type has not', [pngHeader(1, 1, [4, 2, 0, 0, 0]), PNG_DATA, PNG_END], 'unknown form'],
    ['an unknown colour type', [pngHeader(1, 1, [8, 1, 0, 0, 0]), PNG_DATA, PNG_END], 'unknown form'],
    ['an unknown compression', [pngHeader(1, 1, [8, 2, 1, 0, 0]), PNG_DATA, PNG_END], 'unknown form'],
    ['an unknown filter', [pngHeader(1, 1, [8, 2, 0, 1, 0]), PNG_DATA, PNG_END], 'unknown form'],
    ['an unknown interlace', [pngHeader(1, 1, [8, 2, 0, 0, 2]), PNG_DATA, PNG_END], 'unknown form'],
    ['no picture', [pngHeader(1, 1), PNG_END], 'no picture'],
    ['its picture in pieces', [pngHeader(1, 1), PNG_DATA, ['tEXt', ascii('a')], PNG_DATA, PNG_END], 'in pieces'],
    ['an unknown critical chunk', [pngHeader(1, 1), ['PRVT', ascii('a')], PNG_DATA, PNG_END], 'critical'],
    ['no palette where colours are indices', [pngHeader(1, 1, [8, 3, 0, 0, 0]), PNG_DATA, PNG_END], 'palette'],
    ['a palette behind the picture', [pngHeader(1, 1), PNG_DATA, ['PLTE', Buffer.alloc(3)], PNG_END], 'palette'],
    ['half a colour', [pngHeader(1, 1), ['PLTE', Buffer.alloc(4)], PNG_DATA, PNG_END], 'palette'],
    ['too many colours', [pngHeader(1, 1), ['PLTE', Buffer.alloc(771)], PNG_DATA, PNG_END], 'palette'],
    [
      'a palette and no colour',
      [pngHeader(1, 1, [8, 0, 0, 0, 0]), ['PLTE', Buffer.alloc(3)], PNG_DATA, PNG_END],
      'palette',
    ],
    [
      'transparency behind the picture',
      [pngHeader(1, 1), PNG_DATA, ['tRNS', Buffer.alloc(6)], PNG_END],
      'transparency',
    ],
    ['something in its end', [pngHeader(1, 1), PNG_DATA, ['IEND', ascii('a')]], 'in its end'],
    ['no end', [pngHeader(1, 1), PNG_DATA], 'too early'],
    ['a chunk without a type', [pngHeader(1, 1), ['ID T', ascii('a')], PNG_DATA, PNG_END], 'without a type'],
  ])('with %s is refused', (_what, chunks, reason) => {
    expect(refusal(png(...chunks))).toContain(reason);
  });

  test('with any bit flipped is refused: every part has a checksum, and the rest is fixed', () => {
    for (let bit = 0; bit < RED_PNG.length * 8; bit += 1) refusal(flipped(RED_PNG, bit));
  });
});

describe('a JPEG', () => {
  test('is read, and comes out as it was when there is nothing else in it', () => {
    const { bytes, ...rest } = readPicture(GREY_JPEG);
    expect(rest).toEqual({ contentType: 'image/jpeg', width: 1, height: 1 });
    expect(hex(bytes)).toBe(hex(GREY_JPEG));
  });

  test('loses what is no picture, and what stands behind its end', () => {
    const file = jpeg([...JPEG_METADATA, JPEG_QUANTA, jpegFrame(1, 1), JPEG_CODES, JPEG_SCAN]);
    expect(hex(readPicture(Buffer.concat([file, ascii(`<?php ${PRIVATE}`)])).bytes)).toBe(hex(GREY_JPEG));
  });

  test('keeps what says how its colours are meant, but not the thumbnail with it', () => {
    const adobe: Segment = [0xee, Buffer.concat([ascii('Adobe'), Buffer.alloc(7, 1)])];
    const jfif = (thumbnail: string): Segment => [
      0xe0,
      Buffer.concat([ascii('JFIF\0'), Buffer.from([1, 1, 0, 0, 1, 0, 1, 0, 0]), ascii(thumbnail)]),
    ];
    const rest = [JPEG_QUANTA, jpegFrame(1, 1, 3), JPEG_CODES, JPEG_SCAN];
    const { bytes } = readPicture(jpeg([jfif(PRIVATE), adobe, ...rest]));
    expect(hex(bytes)).toBe(hex(jpeg([jfif(''), adobe, ...rest])));
  });

  test('may be progressive, with scans between tables, restarts and stuffed bytes', () => {
    const file = jpeg(
      [JPEG_QUANTA, jpegFrame(1, 1, 1, 0xc2), JPEG_CODES, [0xdd, Buffer.from([0, 1])], JPEG_SCAN],
      Buffer.concat([Buffer.from([0x12, 0xff, 0x00, 0xff, 0xd0, 0x34]), jpeg([JPEG_CODES, JPEG_SCAN]).subarray(2, -2)]),
    );
    expect(hex(readPicture(file).bytes)).toBe(hex(file));
  });

  test('may have fill bytes before its markers', () => {
    const [start, rest] = [GREY_JPEG.subarray(0, 2), GREY_JPEG.subarray(2)];
    expect(hex(readPicture(Buffer.concat([start, Buffer.from([0xff, 0xff]), rest])).bytes)).toBe(hex(GREY_JPEG));
  });

  test.each([
    [4096, 4096, true],
    [4097, 1, false],
    [1, 4097, false],
    [0, 1, false],
    [1, 0, false],
    [65535, 65535, false],
  ])('of %d by %d pixels: %s', (width, height, accepted) => {
    expect(readsOrRefuses(jpeg([JPEG_QUANTA, jpegFrame(width, height), JPEG_CODES, JPEG_SCAN]))).toBe(accepted);
  });

  const otherPrecision: Segment = [0xc0, Buffer.from([12, 0, 1, 0, 1, 1, 1, 0x11, 0])];
  test.each<[string, readonly Segment[], string]>([
    ['no frame', [JPEG_QUANTA, JPEG_CODES, JPEG_SCAN], 'one picture'],
    ['two frames', [jpegFrame(1, 1), jpegFrame(1, 1), JPEG_SCAN], 'one picture'],
    ['no scan', [JPEG_QUANTA, jpegFrame(1, 1), JPEG_CODES], 'no picture'],
    ['a scan before its frame', [JPEG_SCAN, jpegFrame(1, 1)], 'no picture'],
    ['a frame that is too short', [[0xc0, Buffer.alloc(5)], JPEG_SCAN], 'damaged'],
    ['a frame of another length than it says', [[0xc0, Buffer.alloc(9, 1)], JPEG_SCAN], 'unknown form'],
    ['two components', [jpegFrame(1, 1, 2), JPEG_SCAN], 'unknown form'],
    ['more than 8 bits', [otherPrecision, JPEG_SCAN], 'unknown form'],
    ['lossless coding', [jpegFrame(1, 1, 1, 0xc3), JPEG_SCAN], 'unknown form'],
    ['arithmetic coding', [jpegFrame(1, 1, 1, 0xc9), JPEG_SCAN], 'unknown form'],
    ['its height at the end', [jpegFrame(1, 1), [0xdc, Buffer.from([0, 1])], JPEG_SCAN], 'unknown form'],
    ['another start within', [[0xd8, Buffer.alloc(0)], jpegFrame(1, 1), JPEG_SCAN], 'unknown form'],
  ])('with %s is refused', (_what, segments, reason) => {
    expect(refusal(jpeg(segments, Buffer.alloc(0)))).toContain(reason);
  });

  test('without a single segment, or with a segment shorter than its length, is refused', () => {
    expect(refusal(Buffer.from('ffd8', 'hex'))).toBe('the JPEG is damaged');
    expect(refusal(Buffer.from('ffd8ff', 'hex'))).toBe('the JPEG ends too early');
    expect(refusal(Buffer.from('ffd8ffd9', 'hex'))).toBe('the JPEG does not have one picture');
    expect(refusal(Buffer.from('ffd8ffdb0001ffd9', 'hex'))).toBe('the JPEG ends too early');
    expect(refusal(Buffer.from('ffd8ffdb0000ffd9', 'hex'))).toBe('the JPEG ends too early');
  });

  test('with a bit flipped is read or refused, and what is read once is read again as it is', () => {
    const whole = jpeg([...JPEG_METADATA, JPEG_QUANTA, jpegFrame(1, 1), JPEG_CODES, JPEG_SCAN], JPEG_BITS);
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const file = flipped(whole, bit);
      if (!readsOrRefuses(file)) continue;
      const { bytes } = readPicture(file);
      expect(hex(readPicture(bytes).bytes)).toBe(hex(bytes));
      expect(Buffer.from(bytes).includes(PRIVATE), `bit ${bit}`).toBe(false);
    }
  });
});

describe('any file', () => {
  const whole = [
    png(pngHeader(1, 1), ...PNG_METADATA, PNG_DATA, PNG_END),
    jpeg([...JPEG_METADATA, JPEG_QUANTA, jpegFrame(1, 1), JPEG_CODES, JPEG_SCAN]),
  ];

  test('that ends before the picture does is refused', () => {
    for (const file of whole) {
      for (let length = 0; length < file.length; length += 1) refusal(file.subarray(0, length));
    }
  });

  test('of other bytes behind the right ones is read or refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat(), fc.uint8Array({ maxLength: 64 }), (file, at, bytes) => {
        const start = at % file.length;
        readsOrRefuses(Buffer.concat([file.subarray(0, start), bytes]));
        readsOrRefuses(Buffer.concat([file.subarray(0, start), bytes, file.subarray(start)]));
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['nothing', ''],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['GIF', 'GIF89a'],
    ['WebP', 'RIFF\0\0\0\0WEBPVP8 '],
    ['HTML', '<!doctype html>'],
  ])('that is %s is refused', (_what, text) => {
    expect(refusal(ascii(text))).toBe('the file is neither a PNG nor a JPEG');
  });

  test('of a megabyte that looks like a beginning is refused in a moment', () => {
    const started = performance.now();
    for (const start of ['89504e470d0a1a0a', 'ffd8', 'ffd8ffda0002']) {
      for (const filler of [0xff, 0x00, 0xd0]) {
        readsOrRefuses(Buffer.concat([Buffer.from(start, 'hex'), Buffer.alloc(1024 * 1024, filler)]));
      }
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
