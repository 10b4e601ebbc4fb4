import { Alert, Button } from '@mantine/core';
import { IconCheck, IconEyeSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { LookaheadDifferenceDto, LookaheadDto } from '../../engine/contract/dto/index.ts';
import { call } from '../state/index.ts';
import { attempt, formatCount, formatTime, plural } from '../ui/index.ts';
import classes from './strategy.module.css';

interface LookaheadCheckProps {
  /** Number or UUID of a run whose model is kept. */
  readonly run: string;
  readonly strategyIndex: number;
  /** The regime whose signals alone are traded; null: all. */
  readonly alone: string | null;
}

/** Has a strategy recomputed with the future cut off, and says what came of it. */
export function LookaheadCheck({ run, strategyIndex, alone }: LookaheadCheckProps) {
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<LookaheadDto>();
  const check = async () => {
    setBusy(true);
    setResult(undefined);
    const regime = alone === null ? {} : { regime: alone };
    setResult(await attempt(() => call('run.lookahead', { run, strategy: strategyIndex, ...regime })));
    setBusy(false);
  };
  return (
    <section className={classes.section} aria-label="Look-ahead">
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconEyeSearch size={14} aria-hidden />}
          loading={busy}
          onClick={() => void check()}
        >
          Check for look-ahead
        </Button>
      </div>
      {result !== undefined && <Verdict result={result} />}
    </section>
  );
}

function Verdict({ result }: { readonly result: LookaheadDto }) {
  const { passed, cuts, bars, compared, lookahead, warmup, anchored } = result;
  const icon = passed ? <IconCheck size={18} aria-hidden /> : <IconX size={18} aria-hidden />;
  return (
    <Alert
      role="status"
      color={passed ? 'teal' : 'red'}
      icon={icon}
      title={passed ? 'Passed: it knew nothing that it could not know' : 'Not passed'}
    >
      <ul className={classes.findings}>
        <li>
          {lookahead === null
            ? `With the future cut off on ${plural(cuts.length, 'date')} of its ${plural(bars, 'bar')}, features, forecasts and signals are the same to the bit (${formatCount(compared)} values).`
            : `Where nothing is known after ${formatTime(lookahead.cut)}: ${differenceText(lookahead)}.`}
        </li>
        {warmup.map(({ factor, bars: before, checked, difference, signals }) => (
          <li key={factor}>
            {`With ${plural(checked, 'bar')} of history instead of ${formatCount(before)}: `}
            {difference === null
              ? `features are the same, ${signals === 0 ? 'and so is every signal' : `${plural(signals, 'signal')} another`}.`
              : `${differenceText(difference)}.`}
          </li>
        ))}
        {anchored.length > 0 && (
          <li>{`${anchored.join(', ')}: counted from where the data of the run begins (1 January), as in live use.`}</li>
        )}
      </ul>
    </Alert>
  );
}

function differenceText({ what, time, was, is }: LookaheadDifferenceDto): string {
  return `${what} of the bar ${formatTime(time)} is ${is ?? 'missing'}, and ${was ?? 'missing'} in the run`;
}
