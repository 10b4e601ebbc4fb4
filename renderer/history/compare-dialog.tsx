import { Modal, Switch } from '@mantine/core';
import { Fragment, useEffect, useState } from 'react';
import type { RunDetailDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { call, toEngineError, useModelTitle, useRegimeTitle } from '../state/index.ts';
import { ErrorState, LoadingRows } from '../ui/index.ts';
import classes from './compare.module.css';
import { compareRuns } from './comparison.ts';

interface CompareDialogProps {
  /** Numbers of two to four runs. */
  readonly runs: readonly number[];
  readonly opened: boolean;
  onClose(): void;
}

/** Runs side by side; what differs stands out, the best figure of a row is bold and marked. */
export function CompareDialog({ runs, opened, onClose }: CompareDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Compare ${runs.length} runs`}
      size="min(80rem, 94vw)"
      closeButtonProps={{ 'aria-label': 'Close comparison' }}
    >
      {opened ? <Comparison key={runs.join()} runs={runs} /> : null}
    </Modal>
  );
}

function Comparison({ runs }: { readonly runs: readonly number[] }) {
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  const [details, setDetails] = useState<readonly RunDetailDto[]>();
  const [error, setError] = useState<EngineError>();
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  useEffect(() => {
    Promise.all(runs.map((run) => call('history.get', { run: String(run) }))).then(
      setDetails,
      (reason: unknown) => setError(toEngineError(reason)),
    );
  }, [runs]);
  if (error !== undefined) return <ErrorState error={error} />;
  if (details === undefined) return <LoadingRows rows={12} />;

  const rows = compareRuns(details, modelTitle, regimeTitle).filter((row) => !onlyDifferent || row.differs);
  return (
    <>
      <Switch
        label="Only what differs"
        checked={onlyDifferent}
        onChange={({ currentTarget }) => setOnlyDifferent(currentTarget.checked)}
        mb="sm"
      />
      <table className={classes.compare}>
        <thead>
          <tr>
            <td aria-hidden />
            {details.map((run) => (
              <th key={run.id} scope="col">
                Run {run.id} <code className={classes.uuid}>{run.uuid.slice(0, 8)}</code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <Fragment key={`${row.group} ${row.name}`}>
              {rows[i - 1]?.group === row.group ? null : (
                <tr>
                  <th scope="rowgroup" colSpan={details.length + 1}>
                    {row.group}
                  </th>
                </tr>
              )}
              <tr data-differs={row.differs || undefined}>
                <th scope="row">{row.name}</th>
                {row.values.map((value, r) => (
                  <td key={details[r]!.id} data-best={row.best.has(r) || undefined}>
                    {value}
                    {row.best.has(r) ? ' ★' : ''}
                  </td>
                ))}
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
    </>
  );
}
