import { Alert, Button } from '@mantine/core';
import { IconCheck, IconEyeSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { LookaheadDifferenceDto, LookaheadDto } from '../../engine/contract/dto/index.ts';
import { call } from '../state/index.ts';
import { attempt, formatCount, formatTime } from '../ui/index.ts';
import classes from './strategy.module.css';
import { texts } from './texts.ts';

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
    <section className={classes.section} aria-label={texts.lookAhead}>
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconEyeSearch size={14} aria-hidden />}
          loading={busy}
          onClick={() => void check()}
        >
          {texts.checkForLookAhead}
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
      title={passed ? texts.passedItKnewNothing : texts.notPassed}
    >
      <ul className={classes.findings}>
        <li>
          {lookahead === null
            ? texts.withFutureCutOff({ dates: cuts.length, bars, compared: formatCount(compared) })
            : texts.whereNothingIsKnownAfter({
                cut: formatTime(lookahead.cut),
                lookahead: differenceText(lookahead),
              })}
        </li>
        {warmup.map(({ factor, bars: before, checked, difference, signals }) => (
          <li key={factor}>
            {texts.withBarOfHistoryInstead({
              checked,
              before: formatCount(before),
              signals:
                difference === null ? texts.featuresAreSame({ signals }) : `${differenceText(difference)}.`,
            })}
          </li>
        ))}
        {anchored.length > 0 && <li>{texts.countedFromWhereData({ anchored: anchored.join(', ') })}</li>}
      </ul>
    </Alert>
  );
}

function differenceText({ what, time, was, is }: LookaheadDifferenceDto): string {
  return texts.whatOfBarTime({ what, time: formatTime(time), is, was });
}
