import { expect, it } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { uuidTest, wordsOf } from './uuids.ts';

const random = createPrng(11);
const DIGITS = '0123456789abcdef';

/** Of few digits, so that texts are often nearly there, or of all. */
function randomUuid(): string {
  const kinds = random.int(2) === 0 ? 2 : 16;
  const digits = Array.from({ length: 32 }, () => DIGITS[random.int(kinds)]).join('');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}

it('finds a text in a UUID as it is written, and nowhere else', () => {
  let found = 0;
  for (let i = 0; i < 20_000; i++) {
    const uuid = randomUuid();
    const from = random.int(36);
    const part = uuid.slice(from, from + 1 + random.int(random.int(3) > 0 ? 6 : 36));
    const text = random.int(2) === 0 ? part : part.slice(0, -1) + `${DIGITS}-`[random.int(17)];
    const words = Uint32Array.of(random.int(9), ...wordsOf(uuid)!, random.int(9));
    const isThere = uuid.includes(text);
    expect(uuidTest(text.toUpperCase())(words, 1), `${text} in ${uuid}`).toBe(isThere);
    if (isThere) found++;
  }
  expect(found).toBeGreaterThan(5000);
  expect(found).toBeLessThan(19_000);
});

it('has no words of what is no UUID', () => {
  expect(wordsOf(randomUuid())).toHaveLength(4);
  for (const text of ['', 'a', randomUuid().toUpperCase().replace(/^./, 'A'), `${randomUuid()}0`]) {
    expect(wordsOf(text)).toBeUndefined();
  }
});
