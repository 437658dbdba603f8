import { expect, test } from 'vitest';
import { entityTag, namesTag } from '../../src/profile/etag.js';

const tag = entityTag({ uid: 'a' });

test('the tag is the SHA-1 of the JSON', () => {
  expect(tag).toBe('eefbba4e6300387e099a92faeeb2fe1a46d88d69');
});

test.each([
  ['as RFC 9110 has it', `"${tag}"`],
  ['as the Rust client has it', `""${tag}""`],
  ['without quotes', tag],
  ['weak', `W/"${tag}"`],
  ['among others', `"other", "${tag}" , "third"`],
  ['any', '*'],
  ['any, with blanks', ' * '],
])('a tag is found in a list: %s', (_how, header) => {
  expect(namesTag(header, tag)).toBe(true);
});

test.each([
  ['no header', undefined],
  ['an empty one', ''],
  ['another tag', `"${'0'.repeat(40)}"`],
  ['a part of it', `"${tag.slice(1)}"`],
  ['more than it', `"${tag}0"`],
  ['two in one', `"${tag} ${tag}"`],
])('a tag is not found in %s', (_what, header) => {
  expect(namesTag(header, tag)).toBe(false);
});
