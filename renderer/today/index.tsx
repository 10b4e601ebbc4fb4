import { Button } from '@mantine/core';
import { IconChecks, IconPlus, IconStack2 } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { OverviewDto } from '../../engine/contract/dto/index.ts';
import { call, go, useCall } from '../state/index.ts';
import { attempt, EmptyState, ErrorState, formatTime, LoadingPlace, Page, Panel } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { Decisions } from './decisions.tsx';
import { EvidenceLine } from './evidence-line.tsx';
import { Changes, Finished, Promotions } from './news.tsx';
import { Running } from './running.tsx';
import { texts } from './texts.ts';
import classes from './today.module.css';

/** Looks that are less than an hour apart are one: a window that stays open says so in between. */
const LOOKING_MS = 10 * 60_000;

/** What a trader looks at first. `firstStart`: what there is to see before there is anything. */
export function TodayPlace({ firstStart }: { readonly firstStart: React.ReactNode }) {
  const { data, error, refresh } = useCall('overview.get', {});
  useEffect(() => {
    const look = () => {
      // What can't be noted is new again next time, and nothing is lost.
      if (document.visibilityState === 'visible') call('overview.seen', {}).catch(() => undefined);
    };
    look();
    const timer = setInterval(look, LOOKING_MS);
    return () => clearInterval(timer);
  }, []);

  if (data === undefined) {
    return error === undefined ? (
      <LoadingPlace />
    ) : (
      <Page title={texts.today}>
        <ErrorState error={error} retry={refresh} />
      </Page>
    );
  }
  if (!data.hasJobs && !data.hasSeries) return firstStart;
  const seen = async () => {
    await attempt(() => call('overview.seen', { all: true }));
    refresh();
  };
  return (
    <Page
      title={texts.today}
      subtitle={
        data.since === null ? texts.nobodyHasLookedYet : texts.newSince({ since: formatTime(data.since) })
      }
      actions={
        hasNews(data) ? (
          <Button
            variant="default"
            leftSection={<IconChecks size={16} aria-hidden />}
            onClick={() => void seen()}
          >
            {texts.markAsSeen}
          </Button>
        ) : undefined
      }
    >
      {error === undefined ? null : <ErrorState error={error} retry={refresh} />}
      {data.hasJobs ? <Overview overview={data} /> : <NothingTrained />}
    </Page>
  );
}

function hasNews({ finished, champions, promotions }: OverviewDto): boolean {
  return finished.total + champions.total + promotions.total > 0;
}

function Overview({ overview }: { readonly overview: OverviewDto }) {
  return (
    <>
      <EvidenceLine {...overview.evidence} />
      <div className={classes.two}>
        <Decisions decisions={overview.decisions} />
        <Running running={overview.running} waiting={overview.waiting} />
      </div>
      <Finished finished={overview.finished} />
      <Changes champions={overview.champions} />
      <Promotions promotions={overview.promotions} />
    </>
  );
}

/** There are candles, and nobody has asked for anything yet. */
function NothingTrained() {
  return (
    <Panel title={texts.nothingTrainedYet} flush>
      <EmptyState
        icon={<IconStack2 size={28} aria-hidden />}
        title={texts.candlesAreThere}
        action={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go('queue', { new: '1' })}>
            {common.buildGrid}
          </Button>
        }
      >
        {texts.trainFirstGrid}
      </EmptyState>
    </Panel>
  );
}
