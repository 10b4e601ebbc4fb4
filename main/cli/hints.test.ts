import { expect, it } from 'vitest';
import { EngineError, toErrorDto } from '../../engine/contract/errors.ts';
import { hintsFor } from './hints.ts';

const hints = (details: EngineError['details']) =>
  hintsFor(toErrorDto(new EngineError('conflict', 'No.', details)));

it('fills a hint with what the error is about', () => {
  expect(hints({ remedy: 'pause-queue', queueId: 3 })).toEqual([
    'regimen jobs pause 3, or put a new job behind it: regimen train GRID.yaml --enqueue',
  ]);
});

it('gives one hint for many problems of the same kind', () => {
  const problem = { path: 'symbols[0]', message: 'no candles', remedy: 'import-candles' } as const;
  expect(hints({ problems: [problem, { path: 'x', message: 'y' }, problem] })).toEqual([
    'regimen market import FILE or FOLDER, with --symbol and --timeframe where names do not say them',
  ]);
});

it('gives none where the message says it all', () => {
  expect(hints({})).toEqual([]);
});
