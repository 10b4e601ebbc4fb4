import type { CurveFoldDto } from '../../engine/contract/dto/index.ts';

type Stretch = Pick<CurveFoldDto, 'from' | 'to'>;

/** Stretches of counted folds that follow each other: each is drawn as one line. */
export function curveRuns(folds: readonly (Stretch & Pick<CurveFoldDto, 'counted'>)[]): Stretch[] {
  const runs: { from: number; to: number }[] = [];
  for (const { from, to, counted } of folds) {
    if (!counted || from === to) continue;
    const last = runs.at(-1);
    if (last?.to === from) last.to = to;
    else runs.push({ from, to });
  }
  return runs;
}

/** The fold that a position of the curve lies in. */
export function foldAt<T extends Stretch>(folds: readonly T[], position: number): T | undefined {
  return folds.find(({ from, to }) => position >= from && position < to);
}
