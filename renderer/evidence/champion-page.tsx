import { Button } from '@mantine/core';
import { IconArrowLeft, IconScale } from '@tabler/icons-react';
import { furtherAxes } from '../../engine/contract/configuration.ts';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { LuckHistogram } from '../charts/luck-histogram.tsx';
import { loadWorkspace, useCall, useModelTitle, useRegimeTitle, useWorkspace } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { Calibration, ChampionFigures, HoldoutLook, Robustness } from '../strategy/index.ts';
import {
  EmptyState,
  ErrorState,
  LoadingRows,
  Marks,
  Page,
  Panel,
  titleOf,
  VerdictBadge,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './evidence.module.css';
import { MakeCandidate } from './make-candidate.tsx';
import { settleSentences } from './settle.ts';
import { texts } from './texts.ts';
import { ChampionValidation } from './validation/champion-validation.tsx';

/** What is known of one champion: its claim, what luck makes of it, and what the evidence says. */
export function ChampionPage({ name }: { readonly name: string }) {
  const champions = useWorkspace((workspace) => workspace.champions);
  const error = useWorkspace((workspace) => workspace.error);
  const champion = champions?.find((one) => one.champion === name);
  const back = (
    <Button
      component="a"
      href={formatHash('evidence')}
      variant="default"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
    >
      {texts.backToEvidence}
    </Button>
  );
  if (champion !== undefined) return <Known champion={champion} back={back} />;
  return (
    <Page title={common.evidence} actions={back}>
      {error !== undefined ? (
        <ErrorState error={error} retry={() => void loadWorkspace()} />
      ) : champions === undefined ? (
        <LoadingRows rows={8} />
      ) : (
        <Panel title={texts.noSuchChampion} flush>
          <EmptyState
            icon={<IconScale size={28} aria-hidden />}
            title={texts.thereIsNoChampion({ name })}
            action={
              <Button component="a" href={formatHash('evidence')} variant="default">
                {texts.allChampions}
              </Button>
            }
          >
            {texts.anotherModelMayHaveTaken}
          </EmptyState>
        </Panel>
      )}
    </Page>
  );
}

function Known({ champion, back }: { readonly champion: ChampionDto; readonly back: React.ReactNode }) {
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  const title = regimeTitle(champion.regime);
  const market = `${champion.symbol} ${champion.timeframe}`;
  const settle = settleSentences(champion);
  const further = furtherAxes(champion).flatMap(({ words }) => words ?? []);
  return (
    <Page
      title={`${title}, ${market}`}
      subtitle={texts.dayOfHistoryBarAhead({
        modelType: modelTitle(champion.modelType),
        days: champion.daysHistory,
        bars: champion.horizon,
        further: [titleOf(champion.encoder), ...further].join(', '),
        champion: champion.champion,
      })}
      actions={
        <>
          {back}
          <MakeCandidate champion={champion} />
          <Button component="a" href={formatHash('history', { run: champion.runId })} variant="default">
            {texts.viewRun}
          </Button>
        </>
      }
    >
      <section className={classes.head} aria-label={common.verdict}>
        <VerdictBadge verdict={champion.verdict} reason={champion.verdictReason} />
        <p className={classes.reason}>{champion.verdictReason}</p>
      </section>
      <Marks of={{ run: champion.runId }} what={texts.champion({ champion: `${title}, ${market}` })} />
      <Panel title={texts.itsClaim} note={texts.onSelectionWindow}>
        <div className={classes.stack}>
          <ChampionFigures champion={champion} title={title} />
          <HoldoutLook look={champion.holdoutLook} market={market} of={{ champion: champion.champion }} />
        </div>
      </Panel>
      <ChampionValidation champion={champion} />
      <div className={classes.two}>
        <Panel title={texts.luck}>
          <Luck champion={champion} />
        </Panel>
        <Panel title={texts.robustness} note={texts.howMuchOfItsScore}>
          <Robustness key={champion.champion} champion={champion} isTitled />
        </Panel>
      </div>
      {areClasses(champion) ? (
        <Panel title={texts.probabilities} note={texts.ofModelItself}>
          <Probabilities runId={champion.runId} />
        </Panel>
      ) : null}
      {settle.length === 0 ? null : (
        <Panel title={texts.whatWouldSettleIt}>
          <ul className={classes.settle}>
            {settle.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Panel>
      )}
    </Page>
  );
}

const areClasses = ({ target }: ChampionDto): boolean => /^(direction|barrier)\b/.test(target);

function Probabilities({ runId }: { readonly runId: string }) {
  const { data, error, refresh } = useCall('history.get', { run: runId });
  if (error !== undefined) return <ErrorState error={error} retry={refresh} />;
  if (data === undefined) return <LoadingRows rows={5} />;
  return data.leftOut === null ? (
    <p className={classes.quiet}>{texts.nothingIsStoredOfRows}</p>
  ) : (
    <Calibration models={data.leftOut} />
  );
}

function Luck({ champion: { champion } }: { readonly champion: ChampionDto }) {
  const { data, error, refresh } = useCall('evidence.luck', { champion });
  if (error !== undefined) return <ErrorState error={error} retry={refresh} />;
  if (data === undefined) return <LoadingRows rows={5} />;
  if (data.missing !== null || data.bins.length === 0) {
    return <p className={classes.quiet}>{data.missing ?? texts.nothingThatWasTriedHere}</p>;
  }
  return <LuckHistogram distribution={data} />;
}
