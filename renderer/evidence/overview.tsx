import { Button } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useState } from 'react';
import type { ChampionDto, EvidenceDto } from '../../engine/contract/dto/index.ts';
import { go, loadWorkspace, useCall, useWorkspace } from '../state/index.ts';
import { EmptyState, ErrorState, Gradually, LoadingRows, Page, Panel, VerdictBadge } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { ChampionList } from './champion-list.tsx';
import { ChampionTable } from './champion-table.tsx';
import classes from './evidence.module.css';
import { championsOf, luckSentence, ofMarket, verdictCounts } from './funnel.ts';
import { type Chosen, FunnelTable } from './funnel-table.tsx';
import { RunList } from './run-list.tsx';
import { texts } from './texts.ts';
import { Procedures } from './validation/procedures.tsx';

/** All champions against luck: how far what was tried came in each market, and what is behind each count. */
export function Overview() {
  const champions = useWorkspace((workspace) => workspace.champions);
  const error = useWorkspace((workspace) => workspace.error);
  const summary = useCall('evidence.summary', {});
  const failed = error ?? summary.error;
  return (
    <Page title={common.evidence} subtitle={texts.isWinnerWorthAnything}>
      {failed !== undefined ? (
        <ErrorState
          error={failed}
          retry={() => {
            void loadWorkspace();
            summary.refresh();
          }}
        />
      ) : champions === undefined || summary.data === undefined ? (
        <LoadingRows rows={8} />
      ) : (
        <Counts champions={champions} evidence={summary.data} />
      )}
    </Page>
  );
}

interface CountsProps {
  readonly champions: readonly ChampionDto[];
  readonly evidence: EvidenceDto;
}

function Counts({ champions, evidence: { markets } }: CountsProps) {
  const [chosen, setChosen] = useState<Chosen>();
  if (markets.length === 0) {
    return (
      <Panel title={texts.nothingTriedYet} flush>
        <EmptyState
          icon={<IconScale size={28} aria-hidden />}
          title={texts.evidenceBeginsWithFirstGrid}
          action={<Button onClick={() => go('queue')}>{common.buildGrid}</Button>}
        >
          {texts.trainGridOfModels}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Gradually>
      <section className={classes.head} aria-label={texts.whatLuckAloneWouldGive}>
        <p className={classes.luck}>{luckSentence(champions)}</p>
        <ul className={classes.verdicts} aria-label={common.verdicts}>
          {verdictCounts(champions).map(({ verdict, count }) => (
            <li key={verdict}>
              <strong>{count}</strong>
              <VerdictBadge verdict={verdict} reason="" />
            </li>
          ))}
        </ul>
      </section>
      <Procedures />
      <Panel title={texts.whatWasTried} note={texts.eachFigureCountsSome} flush>
        <FunnelTable markets={markets} champions={champions} chosen={chosen} onChoose={setChosen} />
      </Panel>
      <Behind chosen={chosen} champions={champions} />
    </Gradually>
  );
}

function Behind({
  chosen,
  champions,
}: { readonly chosen: Chosen | undefined } & Pick<CountsProps, 'champions'>) {
  if (chosen === undefined) return <ChampionTable />;
  const { market, column } = chosen;
  const title = `${column.title}, ${market.symbol} ${market.timeframe}`;
  if (column.step.kind === 'runs') {
    return (
      <RunList key={title} title={title} market={market} stage={column.step.stage} note={column.about} />
    );
  }
  const those = championsOf(ofMarket(champions, market), column.step.of);
  return <ChampionList title={title} champions={those} note={column.about} />;
}
