import { type Bytes, type Random, utf8 } from '@foxden/protocol';
import { type Received, SecureEnd } from '../../src/tls/secure-end.js';

export const KEY = { psk: utf8('aabbccddeeff'), pskId: utf8('testkey') };

/** A source that gives these texts as bytes, one after the other, and then fails. */
export function scripted(...texts: readonly string[]): Random {
  const left = [...texts];
  return (length) => {
    const bytes = utf8(left.shift() ?? '');
    if (bytes.length !== length) throw new Error('nothing of that length is in the script');
    return bytes;
  };
}

/** Both ends with the random bytes of the published trace, so that every record is the trace's. */
export function tracedEnds(key = KEY): { readonly joiner: SecureEnd; readonly creator: SecureEnd } {
  const sessionId = '00000000000000000000000000000001';
  return {
    joiner: new SecureEnd('joiner', key, scripted('01010101010101010101010101010101', sessionId)),
    creator: new SecureEnd('creator', KEY, scripted('02020202020202020202020202020202')),
  };
}

/** Hands records to an end until one brings more than nothing; what the others bring to be sent is kept. */
export async function feed(end: SecureEnd, records: readonly Uint8Array[]): Promise<Received> {
  const replies: Bytes[] = [];
  for (const record of records) {
    const received = await end.receive(record);
    if (received.type !== 'nothing') return { ...received, records: [...replies, ...received.records] } as Received;
    replies.push(...received.records);
  }
  return { type: 'nothing', records: replies };
}

/** Two ends after their handshake, and what each sent for it. */
export async function establishedEnds(ends = tracedEnds()) {
  const { joiner, creator } = ends;
  await creator.start();
  const hello = await joiner.start();
  const answer = await feed(creator, hello);
  const joined = await feed(joiner, answer.records);
  const created = await feed(creator, joined.records);
  return { joiner, creator, hello, answer, joined, created };
}
