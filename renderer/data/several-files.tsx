import { Button, Progress, Table } from '@mantine/core';
import { useState } from 'react';
import type { FileImportDto, FilesImportDto, FilesPlanDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { call, loadWorkspace, toEngineError, useWorkspace } from '../state/index.ts';
import { Badge, ErrorState, formatCount, formatDay, Head, SideScroll } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { buildGridWith } from './build-grid.ts';
import classes from './data.module.css';
import { texts } from './texts.ts';
import { notifyImported } from './undo.tsx';

interface SeveralFilesProps {
  /** Names by path: the host knows an upload by a path that says nothing to people. */
  readonly names: ReadonlyMap<string, string>;
  readonly plan: FilesPlanDto;
  onDone(): void;
}

/** What several files were taken for, and, once they are imported, what each gave. */
export function SeveralFiles({ names, plan, onDone }: SeveralFilesProps) {
  const [result, setResult] = useState<FilesImportDto>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<EngineError>();
  const good = plan.files.filter(({ refusal }) => refusal === null);
  const paths = [...new Set(good.map(({ file }) => file))];
  const nameOf = (file: string) => names.get(file) ?? file.split(/[/\\]/).at(-1)!;

  const store = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const done = await call('market.importFiles', { files: paths });
      await loadWorkspace(['series']);
      setResult(done);
      const imported = done.files.filter(({ refusal }) => refusal === null);
      if (done.series.length > 0) {
        const added = imported.reduce((sum, one) => sum + one.added, 0);
        notifyImported(
          texts.fileImported({ files: imported.length }),
          texts.barAddedTo({
            added,
            series: done.series.map((s) => `${s.symbol} ${s.timeframe}`).join(', '),
          }),
          done.series,
        );
      }
    } catch (thrown) {
      setError(toEngineError(thrown));
    }
    setBusy(false);
  };

  return (
    <section className={classes.preview} aria-label={texts.severalFiles}>
      <SideScroll label={result === undefined ? texts.whatFilesHold : texts.whatEachFileGave}>
        <Table aria-label={result === undefined ? texts.whatFilesHold : texts.whatEachFileGave}>
          <Table.Thead>
            <Table.Tr>
              <Head>{texts.file}</Head>
              <Head>{texts.series}</Head>
              <Table.Th ta="right">{result === undefined ? common.bars : texts.added}</Table.Th>
              <Table.Th>{result === undefined ? texts.fromTo : texts.changedAlreadyThere}</Table.Th>
              <Table.Th>{result === undefined ? common.timeZone : texts.outcome}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result === undefined
              ? plan.files.map((one) => (
                  <Row key={`${one.file} ${one.symbol}`} name={nameOf(one.file)} one={one}>
                    <Table.Td ta="right">{formatCount(one.bars)}</Table.Td>
                    <Table.Td>
                      {texts.firstToLast({ first: formatDay(one.first), last: formatDay(one.last) })}
                    </Table.Td>
                    <Table.Td>{one.timezone}</Table.Td>
                  </Row>
                ))
              : [...result.files, ...refusedBefore(plan)].map((one) => (
                  <Row key={`${one.file} ${one.symbol}`} name={nameOf(one.file)} one={one}>
                    <Table.Td ta="right">{formatCount(one.added)}</Table.Td>
                    <Table.Td>
                      {formatCount(one.changed)}, {formatCount(one.same)}
                    </Table.Td>
                    <Table.Td>
                      <Badge tone="gain">{texts.imported}</Badge>
                    </Table.Td>
                  </Row>
                ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
      {plan.leftOut.length === 0 ? null : <p>{texts.fileLeftOut({ files: plan.leftOut.length })}</p>}
      {error === undefined ? null : <ErrorState error={error} />}
      <div className={classes.previewFoot}>
        <AllProgress paths={paths} busy={busy} />
        <div className={classes.actions}>
          <Button variant="default" onClick={onDone} disabled={busy}>
            {result === undefined ? common.cancel : common.close}
          </Button>
          {result === undefined ? (
            <Button onClick={store} loading={busy} disabled={paths.length === 0}>
              {texts.importFile({ files: paths.length })}
            </Button>
          ) : (
            <Button onClick={() => buildGridWith(result.series)} disabled={result.series.length === 0}>
              {texts.buildGridWithIt}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

function refusedBefore({ files }: FilesPlanDto): FileImportDto[] {
  return files
    .filter(({ refusal }) => refusal !== null)
    .map(({ file, symbol, timeframe, refusal }) => ({
      file,
      symbol,
      timeframe,
      refusal,
      added: 0,
      changed: 0,
      same: 0,
      badRows: 0,
      notes: [],
    }));
}

interface RowProps {
  readonly name: string;
  readonly one: Pick<FileImportDto, 'file' | 'symbol' | 'timeframe' | 'refusal'>;
  readonly children: React.ReactNode;
}

function Row({ name, one: { file, symbol, timeframe, refusal }, children }: RowProps) {
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td>
        {symbol ?? '–'} {timeframe ?? ''}
      </Table.Td>
      {refusal === null ? (
        children
      ) : (
        <Table.Td colSpan={3}>
          <Badge tone="loss">{texts.notImported}</Badge> {refusal.replaceAll(file, name)}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function AllProgress({ paths, busy }: { readonly paths: readonly string[]; readonly busy: boolean }) {
  const shares = useWorkspace((workspace) => workspace.imports);
  if (!busy) return <span />;
  const done = paths.reduce((sum, path) => sum + (shares.get(path) ?? 0), 0) / paths.length;
  return (
    <div className={classes.importProgress}>
      <Progress value={done * 100} aria-label={texts.importProgress} />
    </div>
  );
}
