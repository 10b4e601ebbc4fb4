import { Select, Table } from '@mantine/core';
import { useState } from 'react';
import type { ModelNameDto, VersionComparisonDto, VersionDto } from '../../engine/contract/dto/index.ts';
import { useCall } from '../state/index.ts';
import {
  Badge,
  DASH,
  ErrorState,
  formatCount,
  formatDay,
  formatNumber,
  formatPercent,
  formatWithError,
  Head,
  LoadingRows,
  Panel,
  SideScroll,
  type Tone,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import type { PlaceInput } from './name-page.tsx';
import classes from './registry.module.css';
import { texts } from './texts.ts';

/** Of a version's run, on its selection window: figures that chose it. */
const FIGURES: readonly { readonly title: string; readonly of: (version: VersionDto) => string }[] = [
  { title: texts.sharpeWhereChosen, of: ({ figures: f }) => formatWithError(f.sharpe, f.sharpeError) },
  { title: texts.tradesWhereChosen, of: ({ figures: f }) => formatCount(f.trades) },
  { title: texts.drawdownWhereChosen, of: ({ figures: f }) => formatPercent(f.maxDrawdown) },
  { title: texts.winRateWhereChosen, of: ({ figures: f }) => formatPercent(f.winRate, 0) },
  { title: texts.profitFactorWhereChosen, of: ({ figures: f }) => formatNumber(f.profitFactor) },
];

const TONES: Readonly<Record<string, Tone>> = { better: 'gain', 'not worse': 'neutral', worse: 'loss' };

/** Two versions of a name side by side; by default the candidate, else the newest, with production, else the one before. */
export function ComparePanel({ name, input }: { readonly name: ModelNameDto; readonly input: PlaceInput }) {
  const [version, setVersion] = useState<string>();
  const [against, setAgainst] = useState<string>();
  const { data, error, refresh } = useCall('production.compare', {
    ...input,
    ...(version === undefined ? {} : { version }),
    ...(against === undefined ? {} : { against }),
  });
  const versions = name.versions.map((one) => one.version).toReversed();
  const choice = (
    <div className={classes.buttons}>
      <Select
        size="xs"
        aria-label={common.version}
        allowDeselect={false}
        data={versions.filter((one) => one !== (against ?? data?.against.version))}
        value={version ?? data?.version.version ?? null}
        onChange={(next) => setVersion(next ?? undefined)}
      />
      <Select
        size="xs"
        aria-label={texts.comparedWith}
        allowDeselect={false}
        data={versions.filter((one) => one !== (version ?? data?.version.version))}
        value={against ?? data?.against.version ?? null}
        onChange={(next) => setAgainst(next ?? undefined)}
      />
    </div>
  );
  return (
    <Panel title={texts.twoVersionsSideBy} actions={choice}>
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={4} />
      ) : (
        <SideBySide {...data} />
      )}
    </Panel>
  );
}

function SideBySide({ version, against, comparison, missing }: VersionComparisonDto) {
  const both = [version, against] as const;
  const rows = [
    { title: texts.stage, cells: both.map(({ stage }) => stage as string) },
    { title: texts.modelAndStrategy, cells: both.map(({ title }) => title) },
    {
      title: common.trainedOn,
      cells: both.map(({ trained }) =>
        texts.fromToTo({ from: formatDay(trained.from), to: formatDay(trained.to) }),
      ),
    },
    { title: common.expires, cells: both.map(({ expiresAt }) => formatDay(expiresAt)) },
    {
      title: texts.lastGate,
      cells: both.map(({ gate }) => (gate === null ? DASH : gate.passed ? texts.passed : texts.refused)),
    },
    ...FIGURES.map(({ title, of }) => ({ title, cells: both.map(of) })),
  ];
  return (
    <>
      <p className={classes.judgement}>
        {comparison === null ? (
          missing
        ) : (
          <>
            <Badge tone={TONES[comparison.judgement] ?? 'neutral'}>{comparison.judgement}</Badge>{' '}
            {texts.earnedBasisPointsDayMore({
              version: version.version,
              mean: signed(comparison.mean),
              againstVersion: against.version,
              low: signed(comparison.low),
              high: signed(comparison.high),
              days: comparison.days,
            })}
          </>
        )}
      </p>
      <SideScroll className={classes.list} label={texts.sideByTable}>
        <Table aria-label={texts.sideBy}>
          <Table.Thead>
            <Table.Tr>
              <Head>{common.what}</Head>
              {both.map((one) => (
                <Table.Th key={one.version}>{one.version}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ title, cells }) => (
              <Table.Tr key={title}>
                <Table.Td>{title}</Table.Td>
                {cells.map((cell, i) => (
                  <Table.Td
                    key={both[i]!.version}
                    className={classes.words}
                    {...(cells[0] === cells[1] ? {} : { fw: 600 })}
                  >
                    {cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
    </>
  );
}

/** Log return a day in basis points. */
function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${formatNumber(10_000 * value)}`;
}
