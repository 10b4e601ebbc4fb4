import { Button, Group, Table } from '@mantine/core';
import { IconDownload, IconLayoutGridAdd } from '@tabler/icons-react';
import type { QueueDto, SearchDto } from '../../../engine/contract/dto/index.ts';
import { download } from '../../client/download.ts';
import { go, isActive } from '../../state/index.ts';
import { attempt, formatCount, formatNumber, Head, Panel, plural } from '../../ui/index.ts';
import { loadDraft, useDraft } from '../draft.ts';
import queueClasses from '../queue.module.css';
import { bestAsGrid, bestParameters } from './best-as-grid.ts';
import { distinctPlaces } from './distinct-places.ts';
import { paramsText } from './params-text.ts';

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
    <Panel title="Best of each model" note={`${formatCount(done)} of ${plural(total, 'trial')}`}>
      {isActive(queue) && current !== null ? (
        <p role="status">
          Trial {formatCount(current.trial)} of {current.model} has ended last.
        </p>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section style={{ overflowX: 'auto' }} tabIndex={0} aria-label="Best of each model, table">
        <Table fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Head>Model</Head>
              <Head ta="right">Trials</Head>
              <Table.Th ta="right">{objective}</Table.Th>
              {hasAuc ? <Head ta="right">Validation AUC</Head> : null}
              <Head>Parameters</Head>
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
      </section>
      {hasBest ? (
        <Group gap="xs" mt="sm" className={queueClasses.note}>
          {places.map((place) =>
            bestAsGrid(search, place) === null ? null : (
              <Button
                key={place}
                size="xs"
                leftSection={<IconLayoutGridAdd size={14} aria-hidden />}
                aria-label={`Train the best of ${place} as a grid`}
                onClick={() => train(place)}
              >
                {places.length === 1 ? 'Train the best as a grid' : `Train as a grid: ${distinct.get(place)}`}
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
            best_hyperparameters.json
          </Button>
        </Group>
      ) : null}
    </Panel>
  );
}
