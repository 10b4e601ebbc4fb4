import { Table } from '@mantine/core';
import type { FoldMetric } from '../../../engine/contract/criteria.ts';
import type {
  FoldDto,
  FoldFigureDto,
  FoldSpanDto,
  ValidationDto,
} from '../../../engine/contract/dto/index.ts';
import { formatDay, Head, SideScroll } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { FOLD_COLUMNS, figureText, METRIC_HEADS, metricText, TRADING_COLUMNS } from './figures.ts';
import classes from './tables.module.css';
import { texts } from './texts.ts';

type Shown = Pick<ValidationDto, 'folds' | 'average' | 'stitched' | 'subject'>;

interface FoldTableProps {
  readonly validation: Shown;
  /** Told apart by, where several stand on a page: `quick of EURUSD H1`. */
  readonly of?: string;
}

/** Every fold with what it came to out of sample, each figure over its base rate; their average first, aging folds apart. */
export function FoldTable({ validation, of }: FoldTableProps) {
  const label = of === undefined ? common.folds : texts.foldsOf({ of });
  const { folds, average, stitched, subject } = validation;
  const metrics = subject === 'procedure' ? TRADING_COLUMNS : FOLD_COLUMNS.filter(isThere);
  function isThere(metric: FoldMetric): boolean {
    return metric !== 'hit_rate_tp1' || folds.some((fold) => (fold.metrics?.hit_rate_tp1 ?? null) !== null);
  }
  const rolling = folds.filter(({ kind }) => kind === 'rolling');
  const aging = folds.filter(({ kind }) => kind === 'aging');
  const columns = 3 + metrics.length;
  return (
    <>
      <SideScroll className={classes.table} label={texts.labelTable({ label })}>
        <Table aria-label={label} stickyHeader horizontalSpacing="0.375rem">
          <Table.Thead>
            <Table.Tr>
              <Head>{common.fold}</Head>
              <Head>{common.trainedOn}</Head>
              <Head>{texts.testedOn}</Head>
              {metrics.map((metric) => (
                <Head key={metric} ta="right">
                  {METRIC_HEADS[metric]}
                </Head>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className={classes.average}>
            <Table.Tr>
              <Table.Th scope="row" colSpan={3}>
                {texts.averageOfCountedFold({ countedFolds: stitched.folds })}
              </Table.Th>
              {metrics.map((metric) => (
                <Figure key={metric} metric={metric} figure={average[metric]} isMean />
              ))}
            </Table.Tr>
          </Table.Tbody>
          <Table.Tbody>
            {rolling.map((fold, i) => (
              <Fold key={fold.index} fold={fold} name={String(i + 1)} metrics={metrics} />
            ))}
          </Table.Tbody>
          {aging.length === 0 ? null : (
            <Table.Tbody>
              <Table.Tr className={classes.apart}>
                <Table.Th scope="rowgroup" colSpan={columns}>
                  {texts.agingFirstModelOnce}
                </Table.Th>
              </Table.Tr>
              {aging.map((fold, i) => (
                <Fold key={fold.index} fold={fold} name={texts.agingI({ i: i + 1 })} metrics={metrics} />
              ))}
            </Table.Tbody>
          )}
        </Table>
      </SideScroll>
      <p className={classes.note}>
        {texts.severalModelsForecastInTurn({ subject, some: rolling.some(({ counted }) => !counted) })}
      </p>
    </>
  );
}

interface FoldProps {
  readonly fold: FoldDto;
  readonly name: string;
  readonly metrics: readonly FoldMetric[];
}

function Fold({ fold, name, metrics }: FoldProps) {
  const { counted, state, train, test, error } = fold;
  return (
    <Table.Tr data-hollow={counted ? undefined : true}>
      <Table.Th scope="row">
        {name}
        {counted ? null : (
          <span title={texts.testedOnDaysThatModels}>
            {' ○'}
            <span className="visually-hidden"> {texts.notCounted}</span>
          </span>
        )}
      </Table.Th>
      <Span span={train} />
      <Span span={test} />
      {state === 'completed' ? (
        metrics.map((metric) => (
          <Figure key={metric} metric={metric} figure={fold.metrics?.[metric] ?? null} />
        ))
      ) : (
        <Table.Td colSpan={metrics.length} className={classes.quiet}>
          {state === 'failed' ? texts.failedError({ error: error ?? '' }) : texts.notComputedYet}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function Span({ span: { from, to, bars } }: { readonly span: FoldSpanDto }) {
  return (
    <Table.Td>
      {`${formatDay(from)} – ${formatDay(to)}`}
      <small>{texts.countOfBars({ bars })}</small>
    </Table.Td>
  );
}

interface FigureProps {
  readonly metric: FoldMetric;
  readonly figure: FoldFigureDto | null;
  readonly isMean?: boolean;
}

function Figure({ metric, figure, isMean = false }: FigureProps) {
  const base = figure?.base ?? null;
  return (
    <Table.Td ta="right">
      {figureText(metric, figure, isMean)}
      {base === null ? null : <small>{texts.baseMetric({ metric: metricText(metric, base) })}</small>}
    </Table.Td>
  );
}
