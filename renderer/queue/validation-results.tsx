import { IconScale } from '@tabler/icons-react';
import { CRITERION_HELP, METRIC_TITLES } from '../../engine/contract/criteria.ts';
import type { QueueDto, RefitDto, ValidationDto } from '../../engine/contract/dto/index.ts';
import { useCall } from '../state/index.ts';
import { CriteriaTable, FoldTable, SCHEME_TITLES } from '../strategy/validation/index.ts';
import {
  EmptyState,
  ErrorState,
  formatBytes,
  formatCount,
  formatDay,
  formatNumber,
  formatPercent,
  formatWithError,
  LoadingRows,
  Panel,
  useChampionTitle,
  VerdictBadge,
  wholeDates,
} from '../ui/index.ts';
import classes from './queue.module.css';
import { texts } from './texts/jobs.ts';
import { waitingText } from './waiting-text.ts';

/** What a job validates: folds as they come, then averages, the curve that they make, criteria and verdict. */
export function ValidationResults({ queue }: { readonly queue: QueueDto }) {
  const { data, error, refresh } = useCall('validation.list', { queueId: queue.id });
  if (error !== undefined) return <ErrorState error={error} retry={refresh} />;
  if (data === undefined) return <LoadingRows rows={6} />;
  if (data.length === 0) {
    return (
      <Panel title={texts.validations} flush>
        <EmptyState icon={<IconScale size={32} stroke={1.4} aria-hidden />} title={texts.nothingToSeeYet}>
          {waitingText(queue, texts.foldsAppearHereAsSoon)}
        </EmptyState>
      </Panel>
    );
  }
  return data.map((validation) => <Validation key={validation.id} validation={validation} />);
}

function Validation({ validation }: { readonly validation: ValidationDto }) {
  const { scheme, champion, symbol, timeframe, title, verdict, verdictReason, stitched, folds, refit } =
    validation;
  const championTitle = useChampionTitle();
  const of = texts.schemeTitleOfChampion({
    schemeTitle: SCHEME_TITLES[scheme].toLowerCase(),
    champion: champion === null ? `${symbol} ${timeframe}` : championTitle(champion),
  });
  const done = folds.filter(({ state }) => state !== 'pending').length;
  return (
    <Panel
      title={`${SCHEME_TITLES[scheme]}: ${champion ?? `${symbol} ${timeframe}`}`}
      note={title}
      actions={
        verdict === null ? (
          <span className={classes.note}>
            {texts.doneOfFold({ done: formatCount(done), folds: folds.length })}
          </span>
        ) : (
          <VerdictBadge verdict={verdict} reason={verdictReason ?? ''} />
        )
      }
    >
      <div className={classes.validation}>
        {verdictReason === null ? null : <p className={classes.note}>{verdictReason}</p>}
        <FoldTable validation={validation} of={of} />
        <p className={classes.note}>
          {texts.stitchedStoredBytesOnDisk({
            stitched: stitchedText(stitched),
            storedBytes: formatBytes(validation.storedBytes),
          })}
        </p>
        <CriteriaTable criteria={validation.criteria} met={validation.met} of={of} />
        <MissedHelp validation={validation} />
        {refit === null ? null : <p className={classes.note}>{wholeDates(refitText(refit))}</p>}
      </div>
    </Panel>
  );
}

/** The model that full ends with. */
export function refitText({ file, bytes, train, asOf, error }: RefitDto): string {
  if (file === null) return texts.refitOnAllDataFailed({ error });
  return texts.refitReady({
    bars: train.bars,
    to: formatDay(train.to),
    asOf: formatDay(asOf),
    file,
    bytes: formatBytes(bytes),
  });
}

/** The counted folds as one curve. */
export function stitchedText(stitched: ValidationDto['stitched']): string {
  const { folds, bars, sharpe, standardError, t, p, trades, maxDrawdown, profitableFolds } = stitched;
  if (folds === 0) return texts.noFoldCountsYet;
  return texts.stitchedFoldAndBar({
    folds,
    bars,
    sharpe: formatWithError(sharpe, standardError),
    t: formatNumber(t),
    p: formatNumber(p, 3),
    returnValue: formatPercent(stitched.return),
    maxDrawdown: formatPercent(maxDrawdown),
    trades,
    profitableFolds: formatPercent(profitableFolds, 0),
  });
}

/** What usually helps where criteria are missed, once all folds are there. */
export function MissedHelp({ validation }: { readonly validation: Pick<ValidationDto, 'criteria' | 'met'> }) {
  const { criteria, met } = validation;
  if (met !== false) return null;
  const metrics = [...new Set(criteria.filter((one) => !one.met).map(({ metric }) => metric))];
  return (
    <div className={classes.note}>
      {texts.whatUsuallyHelps}
      <ul className={classes.help}>
        {metrics.map((metric) => (
          <li key={metric}>
            <strong>{METRIC_TITLES[metric]}</strong>: {CRITERION_HELP[metric]}.
          </li>
        ))}
      </ul>
    </div>
  );
}
