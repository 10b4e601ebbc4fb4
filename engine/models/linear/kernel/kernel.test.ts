import { expect, test } from 'vitest';
import { createPrng } from '../../../random/prng.ts';
import { moduleText } from '../../../wasm/testing/compile.ts';
import { BLOCK_ROWS, plainBlockMoments } from '../block-moments.ts';
import { compiledBlockMoments } from './compiled.ts';

test('wasm.ts is what kernel.as compiles to', async () => {
  const text = await moduleText(
    new URL('kernel.as', import.meta.url),
    'engine/models/linear/kernel',
    'KERNEL_WASM',
  );
  await expect(text).toMatchFileSnapshot('./wasm.ts');
});

test('compiled moments of a block are bit for bit the plain ones', () => {
  const compiled = compiledBlockMoments()!;
  for (let seed = 1; seed <= 40; seed++) {
    const prng = createPrng(seed);
    const p = 1 + prng.int(40);
    const columns = Array.from({ length: p }, (_, j) =>
      Float64Array.from({ length: 200 }, () => 1.1 + 10 ** ((j % 7) - 4) * prng.normal()),
    );
    if (seed % 5 === 0) columns[prng.int(p)]![prng.int(200)] = Number.POSITIVE_INFINITY;
    const centers = Float64Array.from(columns, (column) => column[prng.int(200)]!);
    const rows = seed % 3 === 0 ? BLOCK_ROWS : 1 + prng.int(BLOCK_ROWS);
    const from = prng.int(200 - rows);
    const found = compiled(columns, centers, from, from + rows);
    expect(found).toEqual(plainBlockMoments(columns, centers, from, from + rows));
  }
});
