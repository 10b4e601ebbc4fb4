import { Button, Group, Table } from '@mantine/core';
import { IconDownload, IconLayoutGridAdd } from '@tabler/icons-react';
import type { QueueDto, SearchDto } from '../../../engine/contract/dto/index.ts';
import { objectiveTitle } from '../../../engine/contract/objective-titles.ts';
import { download } from '../../client/download.ts';
import { go, isActive } from '../../state/index.ts';
import { attempt, formatCount, formatNumber, Head, Panel, SideScroll } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { loadDraft, useDraft } from '../draft.ts';
import queueClasses from '../queue.module.css';
import { bestAsGrid, bestParameters } from './best-as-grid.ts';
import { distinctPlaces } from './distinct-places.ts';
import { paramsText } from './params-text.ts';
import { texts } from './texts.ts';

/** How far a search is, what is in work, the best of each model, and what can be done with it. */
export function Overview({ search, queue }: { readonly search: SearchDto; readonly queue: QueueDto }) {
  const { studies, objective, current } = search;
  const done = studies.reduce((sum, study) => sum + study.done, 0);
  const total = studies.reduce((sum, study) => sum + study.total, 0);
  const aucOf = (study: number, trial: number | undefined) =>
    search.trials.find((one) => one.study === study && one.trial === trial)?.auc ?? null;
  const hasAuc = objective !== 'roc_auc' && search.trials.some(({ auc }) => auc !== null);
  const hasBest = studies.some(({ best }) => best !== null);
  const places = [...new Set(studies.map(({ place }) => place))];
  const distinct = distinctPlaces(places);
  const train = (place: string) =>
    attempt(async () => {
      const grid = bestAsGrid(search, place);
      if (grid === null) return;
      loadDraft(grid);
      // The search has trained it once; who asks for it wants it trained.
      useDraft.setState(({ draft }) => ({ draft: { ...draft, skipTrained: false } }));
      go('queue', { new: '1' });
    });
  return (
    <Panel title={texts.bestOfEachModel} note={texts.doneOfTrial({ done: formatCount(done), total })}>
      {isActive(queue) && current !== null ? (
        <p role="status">
          {texts.trialOfHasEndedLast({ trial: formatCount(current.trial), model: current.model })}
        </p>
      ) : null}
      <SideScroll label={texts.bestOfEachModelTable}>
        <Table fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Head>{common.model}</Head>
              <Head ta="right">{common.trials}</Head>
              <Table.Th ta="right">{objectiveTitle(objective)}</Table.Th>
              {hasAuc ? <Head ta="right">{common.validationAuc}</Head> : null}
              <Head>{texts.parameters}</Head>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {studies.map(({ study, model, done: own, total: most, best }) => (
              <Table.Tr key={study}>
                <Table.Td miw="9rem">{model}</Table.Td>
                <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                  {formatCount(own)} / {formatCount(most)}
                </Table.Td>
                <Table.Td ta="right">{formatNumber(best?.value ?? null, 4)}</Table.Td>
                {hasAuc ? <Table.Td ta="right">{formatNumber(aucOf(study, best?.trial), 3)}</Table.Td> : null}
                <Table.Td miw="18rem">{best === null ? '' : paramsText(best.params)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
      {hasBest ? (
        <Group gap="xs" mt="sm" className={queueClasses.note}>
          {places.map((place) =>
            bestAsGrid(search, place) === null ? null : (
              <Button
                key={place}
                size="xs"
                leftSection={<IconLayoutGridAdd size={14} aria-hidden />}
                aria-label={texts.trainBestOfAsGrid({ place })}
                onClick={() => train(place)}
              >
                {places.length === 1
                  ? texts.trainBestAsGrid
                  : texts.trainAsGrid({ distinct: distinct.get(place) })}
              </Button>
            ),
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() =>
              download(
                new Blob([`${JSON.stringify(bestParameters(search), null, 2)}\n`], {
                  type: 'application/json',
                }),
                'best_hyperparameters.json',
              )
            }
          >
            {texts.bestHyperparametersJson}
          </Button>
        </Group>
      ) : null}
    </Panel>
  );
}
