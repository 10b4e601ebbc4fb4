import { useCall } from '../../state/index.ts';
import { DASH, ErrorState, formatTime, LoadingRows, Panel } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { ListTable } from '../list-table.tsx';
import { texts } from './texts.ts';

/** Who spoke since when and why, the newest first. */
export function SurvivalJournal() {
  const { data, error, refresh } = useCall('survival.journal', {});
  return (
    <Panel title={texts.journal} note={texts.neverRewritten} flush>
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={3} />
      ) : (
        <ListTable
          label={texts.journal}
          head={[common.when, common.what, common.from, common.to, texts.by, texts.leftOut, common.reason]}
          rows={data.toReversed().map((entry) => ({
            key: `${entry.at} ${entry.action} ${entry.to}`,
            cells: [
              formatTime(entry.at),
              entry.action,
              entry.from ?? DASH,
              entry.to ?? texts.nobody,
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
