import { Button, Switch } from '@mantine/core';
import { IconArrowLeft, IconLink } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { AXES, type AxisKey } from '../../engine/contract/axes.ts';
import type { CompareDto, CompareRowDto, CompareSubjectDto } from '../../engine/contract/dto/index.ts';
import { parameterTitle } from '../../engine/contract/parameter-titles.ts';
import type { IndicatorName } from '../../engine/contract/words.ts';
import { ComparedEquity } from '../charts/compared-equity.tsx';
import { useCall, useModelTitle, useRegimeTitle, useUi } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { MoneyFields, MoneyLine, MoneySwitch, useMoneyChoice } from '../strategy/index.ts';
import {
  attempt,
  axisText,
  DASH,
  ErrorState,
  Explained,
  formatBytes,
  formatDuration,
  formatFigure,
  formatShort,
  formatTime,
  formatWithError,
  headText,
  LoadingRows,
  notify,
  Page,
  Panel,
  SideScroll,
  titleOf,
  useChampionTitle,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { INDICATOR_TITLES } from '../ui/texts/indicator-titles.ts';
import classes from './compare.module.css';
import { isTerm, rowSentence } from './compare-words.ts';
import { texts } from './texts.ts';

/** Runs, champions and versions side by side; what differs stands out, and equity lies over each other. */
export function CompareView({ of }: { readonly of: readonly string[] }) {
  const { data, error, refresh } = useCall('compare.show', { of: [...of] });
  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(window.location.href);
      notify(texts.linkCopied, texts.itShowsSameComparison);
    });
  return (
    <Page
      title={texts.trainingHistory}
      subtitle={texts.sideByWhatDiffers}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            onClick={() => window.history.back()}
          >
            {texts.back}
          </Button>
          <Button
            variant="default"
            leftSection={<IconLink size={16} aria-hidden />}
            onClick={() => void copy()}
          >
            {texts.copyLink}
          </Button>
        </>
      }
    >
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={12} />
      ) : (
        <Compared compared={data} />
      )}
    </Page>
  );
}

/** Of the address: `12|13|EURUSD/H1/bull_trending`. */
export function useComparedOf(): readonly string[] | undefined {
  const of = useUi((ui) => ui.params.compare);
  return of?.split('|').filter((one) => one !== '');
}

function Compared({ compared }: { readonly compared: CompareDto }) {
  const { subjects, rows, curve } = compared;
  const subjectTitle = useSubjectTitle();
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const shown = rows.filter(({ differs }) => !onlyDifferent || differs);
  const missing = subjects.filter((subject) => subject.missing !== null);
  return (
    <>
      <Panel
        title={texts.compareSubjects({ subjects: subjects.length })}
        note={texts.figuresAreOfSelectionWindow}
        actions={
          <>
            <MoneySwitch />
            <Switch
              label={texts.onlyWhatDiffers}
              checked={onlyDifferent}
              onChange={({ currentTarget }) => setOnlyDifferent(currentTarget.checked)}
            />
          </>
        }
        flush
      >
        <div className={classes.money}>
          <MoneyFields />
        </div>
        <SideScroll label={texts.sideByTable}>
          <table className={classes.compare} aria-label={texts.sideBy}>
            <thead>
              <tr>
                <td aria-hidden />
                {subjects.map((subject) => (
                  <th key={subject.reference} scope="col">
                    <Subject subject={subject} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row, i) => (
                <Fragment key={`${row.group} ${row.key}`}>
                  {shown[i - 1]?.group === row.group ? null : (
                    <tr>
                      <th scope="rowgroup" colSpan={subjects.length + 1}>
                        <RowGroup group={row.group} />
                      </th>
                    </tr>
                  )}
                  <Row row={row} subjects={subjects} />
                </Fragment>
              ))}
              <MoneyRow subjects={subjects} />
            </tbody>
          </table>
        </SideScroll>
      </Panel>
      <Panel title={common.equity}>
        {curve.days.length === 0 ? (
          <p>{texts.noneOfThemCan}</p>
        ) : (
          <ComparedEquity names={subjects.map(subjectTitle)} days={curve.days} equity={curve.equity} />
        )}
        {missing.map((subject) => (
          <p key={subject.reference}>
            {/* The sentence may begin with what it is about. */}
            {subject.missing?.startsWith(subjectTitle(subject)) ? null : `${subjectTitle(subject)}: `}
            {subject.missing}
          </p>
        ))}
      </Panel>
    </>
  );
}

/** Whether a row says how it was made. */
const isOfMaking = ({ group }: CompareRowDto): boolean => group === 'Configuration' || group === 'Strategy';

/** A champion by its title, anything else as the engine calls it. */
function useSubjectTitle(): (subject: CompareSubjectDto) => string {
  const championTitle = useChampionTitle();
  return ({ kind, title }) => (kind === 'champion' ? championTitle(title) : title);
}

function Subject({ subject }: { readonly subject: CompareSubjectDto }) {
  const { kind, reference, run } = subject;
  const title = useSubjectTitle()(subject);
  const href =
    kind === 'champion'
      ? formatHash('evidence', { champion: reference })
      : run === null
        ? undefined
        : formatHash('history', { run: String(run) });
  return href === undefined ? title : <a href={href}>{title}</a>;
}

function Row({
  row,
  subjects,
}: {
  readonly row: CompareRowDto;
  readonly subjects: readonly CompareSubjectDto[];
}) {
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  const title = row.group === 'Sharpe per regime' ? regimeTitle(row.title) : parameterTitle(row.title);
  const text = rowSentence(row);
  return (
    <tr data-differs={(row.differs && isOfMaking(row)) || undefined}>
      <th scope="row">{text === undefined ? title : <Explained text={text}>{title}</Explained>}</th>
      {subjects.map(({ reference }, at) => (
        <td key={reference} data-best={row.best.includes(at) || undefined}>
          {cellText(row, at, modelTitle)}
          {row.best.includes(at) ? ' ★' : ''}
        </td>
      ))}
    </tr>
  );
}

function RowGroup({ group }: { readonly group: string }) {
  const text = headText(group);
  return text === undefined ? group : <Explained text={text}>{group}</Explained>;
}

/** What each would have made of an account, the rate that it takes, or why that can't be said. */
function MoneyRow({ subjects }: { readonly subjects: readonly CompareSubjectDto[] }) {
  const { shown, currency } = useMoneyChoice();
  if (!shown) return null;
  return (
    <tr>
      <th scope="row">{texts.inMoney({ currency })}</th>
      {subjects.map(({ reference, run, strategyIndex, regime }) => (
        <td key={reference}>
          {run === null || strategyIndex === null ? (
            DASH
          ) : (
            <MoneyLine of={{ run: String(run), strategy: strategyIndex, regime }} />
          )}
        </td>
      ))}
    </tr>
  );
}

const indicatorTitle = (name: string): string => INDICATOR_TITLES[name as IndicatorName] ?? name;

/** Exported for its test. */
export function cellText(
  { group, key, values, errors }: CompareRowDto,
  at: number,
  modelTitle: (modelType: string) => string,
): string {
  const value = values[at]!;
  if (value === null) return DASH;
  if (key === 'indicatorTimeframes') return String(value).replace(/[a-z_]+/g, indicatorTitle);
  if (group === 'Configuration') {
    if (Object.hasOwn(AXES, key)) return axisText(key as AxisKey, value, modelTitle);
    return typeof value === 'number' ? formatShort(value) : String(value);
  }
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  if (typeof value === 'string') return key === 'createdAt' ? formatTime(value) : titleOf(value);
  if (errors !== undefined) return formatWithError(value, errors[at]!);
  if (key === 'seconds') return formatDuration(value);
  if (key === 'artifactBytes') return formatBytes(value);
  return isTerm(key) ? formatFigure(key, value) : String(value);
}
