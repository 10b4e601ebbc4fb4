import { useCall } from '../../state/index.ts';
import { DASH, ErrorState, formatTime, LoadingRows, Panel } from '../../ui/index.ts';
import { ListTable } from '../list-table.tsx';

/** Who spoke since when and why, the newest first. */
export function SurvivalJournal() {
  const { data, error, refresh } = useCall('survival.journal', {});
  return (
    <Panel title="Journal" note="Never rewritten: what was left out stands here for ever." flush>
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={3} />
      ) : (
        <ListTable
          label="Journal"
          head={['When', 'What', 'From', 'To', 'By', 'Left out', 'Reason']}
          rows={data.toReversed().map((entry) => ({
            key: `${entry.at} ${entry.action} ${entry.to}`,
            cells: [
              formatTime(entry.at),
              entry.action,
              entry.from ?? DASH,
              entry.to ?? 'Nobody',
              entry.by,
              entry.skipped.length === 0 ? DASH : entry.skipped.join(', '),
              { words: entry.reason ?? DASH },
            ],
          }))}
        />
      )}
    </Panel>
  );
}
