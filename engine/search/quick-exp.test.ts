import { expect, it } from 'vitest';
import { quickExp } from './quick-exp.ts';

it('is the exponential function, to 1e-15 of it', () => {
  let worst = 0;
  for (let i = 0; i <= 400_000; i++) {
    const x = -i / 10_000;
    worst = Math.max(worst, Math.abs(quickExp(x) / Math.exp(x) - 1));
  }
  expect(worst).toBeLessThan(1e-15);
  expect(quickExp(0)).toBe(1);
  expect(quickExp(-Number.EPSILON)).toBe(1 - Number.EPSILON);
});

it('goes to 0', () => {
  expect(quickExp(-700)).toBe(Math.exp(-700));
  expect(quickExp(-1e6)).toBe(0);
});
