import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type {
  ChampionDto,
  ChampionRobustnessDto,
  ChampionSurvivalDto,
  OtherSymbolDto,
  RobustnessDto,
} from '../../engine/contract/dto/index.ts';
import type { ScoreMetric } from '../../engine/contract/words.ts';
import { call } from '../state/index.ts';
import { attempt, DASH, formatNumber, formatPercent, GLOSSARY, type TermName } from '../ui/index.ts';
import classes from './robustness.module.css';
import {
  neighborTexts,
  type RobustnessRow,
  robustnessRows,
  type Scale,
  scaleOf,
  symbolRows,
} from './robustness-rows.ts';
import { texts } from './texts.ts';

interface RobustnessProps {
  readonly champion: Pick<ChampionDto, 'champion' | 'robustness' | 'survival'>;
  /** Its title stands above it already. */
  readonly isTitled?: boolean;
}

const SCORE_TERMS: Readonly<Record<ScoreMetric, TermName>> = {
  sharpe: 'sharpe',
  sortino: 'sortino',
  calmar: 'calmar',
  profit_factor: 'profitFactor',
  total_return: 'totalReturn',
  composite: 'composite',
};

/** How much of a champion's score hangs on details: each test as a bar beside its own. */
export function Robustness({
  champion: { champion, robustness, survival },
  isTitled = false,
}: RobustnessProps) {
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<ChampionRobustnessDto>();
  const test = async () => {
    setBusy(true);
    const all = await attempt(() => call('champions.robustness', { champion }));
    setFound(all?.[0]);
    setBusy(false);
  };
  const tested = found?.robustness ?? robustness;
  const content = (
    <>
      {tested !== null && <Bars tested={tested} symbols={found?.symbols ?? []} isTitled={isTitled} />}
      {survival != null && <p className={classes.survival}>{survivalText(survival)}</p>}
      {found === undefined && (
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconShieldCheck size={14} aria-hidden />}
            loading={busy}
            onClick={() => void test()}
          >
            {tested === null ? texts.testRobustness : texts.compareWithOtherSymbols}
          </Button>
        </div>
      )}
    </>
  );
  return isTitled ? (
    <div className={classes.section}>{content}</div>
  ) : (
    <section className={classes.section} aria-label={texts.robustness}>
      {content}
    </section>
  );
}

/** What the model of what survives says that is in production. */
function survivalText({ probability, baseRate, breakEven, version }: ChampionSurvivalDto): string {
  const percent = (share: number) => formatPercent(share, 0);
  return texts.survivesBaseRateChance({
    probability: percent(probability),
    baseRate: percent(baseRate),
    version,
    breakEven: percent(breakEven),
  });
}

interface BarsProps {
  readonly tested: RobustnessDto;
  readonly symbols: readonly OtherSymbolDto[];
  readonly isTitled: boolean;
}

function Bars({ tested, symbols, isTitled }: BarsProps) {
  const rows = [...robustnessRows(tested), ...symbolRows(symbols)];
  const scale = scaleOf(rows, tested.breakEven);
  const own = tested.own.score;
  const missing = symbols.filter((one) => one.missing !== null);
  return (
    <>
      <div className={classes.head}>
        {isTitled ? null : <h3>{texts.robustness}</h3>}
        <p>{texts.scoreOnSelectionWindow({ scoredBy: GLOSSARY[SCORE_TERMS[tested.scoredBy]].title })}</p>
      </div>
      <ul className={classes.rows}>
        {rows.map((row) => (
          <Row key={row.label} row={row} scale={scale} own={own} breakEven={tested.breakEven} />
        ))}
      </ul>
      <p className={classes.quiet}>
        {texts.betterThanPercentOfRandom({ percentile: formatNumber(100 * tested.random.percentile, 1) })}
        {tested.neighbors.length > 0 &&
          texts.neighborsWeakestFirst({ neighborTexts: neighborTexts(tested, formatNumber).join('; ') })}
      </p>
      {missing.length > 0 && (
        <p className={classes.quiet}>
          {[...Map.groupBy(missing, (one) => one.missing)]
            .map(([reason, those]) => `${those.map(({ symbol }) => symbol).join(', ')}: ${reason}.`)
            .join(' ')}
        </p>
      )}
    </>
  );
}

interface RowProps {
  readonly row: RobustnessRow;
  readonly scale: Scale;
  readonly own: number | null;
  readonly breakEven: number;
}

function Row({ row: { label, note, score, band }, scale, own, breakEven }: RowProps) {
  const between = (a: number, b: number) => ({
    left: `${scale.at(Math.min(a, b))}%`,
    width: `${Math.abs(scale.at(a) - scale.at(b))}%`,
  });
  return (
    <li>
      <span className={classes.label}>
        {label}
        {note !== null && <small>{note}</small>}
      </span>
      <span className={classes.track} aria-hidden>
        {score !== null && (
          <span
            className={classes.bar}
            data-loss={score < breakEven || undefined}
            style={between(breakEven, score)}
          />
        )}
        {band !== null && <span className={classes.band} style={between(band.low, band.high)} />}
        <span className={classes.zero} style={{ left: `${scale.at(breakEven)}%` }} />
        {own !== null && <span className={classes.own} style={{ left: `${scale.at(own)}%` }} />}
      </span>
      <span className={classes.value}>{score === null ? DASH : formatNumber(score)}</span>
    </li>
  );
}
