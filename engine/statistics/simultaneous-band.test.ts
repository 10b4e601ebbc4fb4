import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { momentsOf } from './moments.ts';
import { bandBorder, type SimultaneousBand, simultaneousBand } from './simultaneous-band.ts';

const random = createPrng(1);
const promised = Float64Array.from({ length: 500 }, () => 0.0005 + 0.004 * random.normal());
const DAYS = 63;

/** Share of forward tests with these daily results that leave the border on any of the days. */
function shareOutside(border: (day: number) => number | null, draw: () => number): number {
  let outside = 0;
  for (let round = 0; round < 2000; round++) {
    let sum = 0;
    let left = false;
    for (let day = 1; day <= DAYS; day++) {
      sum += draw();
      const low = border(day);
      if (low !== null && sum < low) left = true;
    }
    if (left) outside++;
  }
  return outside / 2000;
}

describe('simultaneousBand', () => {
  const band = simultaneousBand(promised, { days: DAYS, random: createPrng(2) }) as SimultaneousBand;
  const { mean, standardDeviation } = momentsOf(promised)!;
  const healthy = createPrng(3);
  const promisedAgain = () => promised[healthy.int(500)]!;

  it('is left in a quarter by one in twenty models as good as promised, a border for each day by one in seven and more', () => {
    const share = shareOutside((day) => bandBorder(band, day), promisedAgain);
    expect(share).toBeGreaterThan(0.03);
    expect(share).toBeLessThan(0.075);
    const pointwise = (day: number) =>
      day < 20 ? null : day * mean - 1.645 * standardDeviation * Math.sqrt(day);
    expect(shareOutside(pointwise, promisedAgain)).toBeGreaterThan(0.13);
  });

  it('is left by a model that has broken', () => {
    expect(
      shareOutside(
        (day) => bandBorder(band, day),
        () => promisedAgain() - 3 * mean,
      ),
    ).toBeGreaterThan(0.4);
  });

  it('begins with day 20 and ends with its last day', () => {
    expect([bandBorder(band, 19), bandBorder(band, DAYS + 1)]).toEqual([null, null]);
    expect(bandBorder(band, 20)).toBeCloseTo(
      20 * mean + band.critical * standardDeviation * Math.sqrt(20),
      15,
    );
    expect(band.critical).toBeLessThan(-1.645);
  });

  it('does not depend on scale and drift, and is the same for the same seed', () => {
    const other = simultaneousBand(
      promised.map((x) => 4 * x - 0.01),
      { days: DAYS, random: createPrng(2) },
    )!;
    expect(other.critical).toBeCloseTo(band.critical, 9);
    expect(simultaneousBand(promised, { days: DAYS, random: createPrng(2) })).toEqual(band);
  });

  it('needs results that vary and twenty days', () => {
    expect(simultaneousBand(new Float64Array(90), { days: DAYS, random: createPrng(2) })).toBeNull();
    expect(simultaneousBand(promised, { days: 19, random: createPrng(2) })).toBeNull();
  });
});
