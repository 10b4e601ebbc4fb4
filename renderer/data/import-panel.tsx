import { Button, Loader } from '@mantine/core';
import { IconFileImport, IconFolderOpen, IconUpload } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FilesPlanDto, InspectionDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { isMarketFileName, MARKET_FILE_ENDINGS } from '../../engine/contract/market-files.ts';
import { chooseFiles, chooseFolder } from '../client/choose-file.ts';
import { call, client, go, toEngineError, useUi } from '../state/index.ts';
import { ErrorState, Panel } from '../ui/index.ts';
import { aboutFile } from './about-file.ts';
import classes from './data.module.css';
import { ImportPreview } from './import-preview.tsx';
import { SeveralFiles } from './several-files.tsx';
import { texts } from './texts.ts';

const ACCEPT = MARKET_FILE_ENDINGS.join();

/** A file on its way in. */
type Stage =
  | { readonly step: 'idle' }
  | { readonly step: 'reading'; readonly name: string }
  | {
      readonly step: 'preview';
      readonly name: string;
      readonly path: string;
      readonly inspection: InspectionDto;
    }
  | {
      readonly step: 'several';
      readonly names: ReadonlyMap<string, string>;
      readonly plan: FilesPlanDto;
    }
  | { readonly step: 'failed'; readonly error: EngineError };

/** Import by dialog or by dropping a file anywhere on the window: look first, then store. */
export function ImportPanel({ highlight }: { readonly highlight: boolean }) {
  const [stage, setStage] = useState<Stage>({ step: 'idle' });
  const button = useRef<HTMLButtonElement>(null);

  const open = useCallback(async (file: File) => {
    setStage({ step: 'reading', name: file.name });
    let path = '';
    try {
      path = await client().hostFile(file);
      setStage({
        step: 'preview',
        name: file.name,
        path,
        inspection: await call('market.inspect', { file: path }),
      });
    } catch (error) {
      setStage({ step: 'failed', error: aboutFile(toEngineError(error), path, file.name) });
    }
  }, []);
  const openAll = useCallback(
    async (files: readonly File[]) => {
      const [first, ...others] = files;
      if (first === undefined) return;
      if (others.length === 0) return open(first);
      const taken = files.filter(({ name }) => isMarketFileName(name));
      setStage({ step: 'reading', name: texts.countOfFiles({ files: taken.length }) });
      const names = new Map<string, string>();
      try {
        // One after the other: the first may be large, and none should wait in memory.
        for (const file of taken) names.set(await client().hostFile(file), file.name);
        const plan = await call('market.inspectFiles', { files: [...names.keys()] });
        const leftOut = files.filter((file) => !taken.includes(file)).map(({ name }) => name);
        setStage({ step: 'several', names, plan: { ...plan, leftOut } });
      } catch (error) {
        setStage({ step: 'failed', error: toEngineError(error) });
      }
    },
    [open],
  );
  const choose = async () => openAll(await chooseFiles(ACCEPT));
  const chooseAll = async () => openAll(await chooseFolder());
  const dragging = useUi((ui) => ui.dragging);
  const dropped = useUi((ui) => ui.dropped);
  useEffect(() => {
    if (dropped.length === 0) return;
    useUi.setState({ dropped: [] });
    void openAll(dropped);
  }, [dropped, openAll]);

  // Came by a shortcut or from the menu: the dialog itself may only open from a click.
  useEffect(() => {
    if (!highlight) return;
    button.current?.focus();
    go('data');
  }, [highlight]);

  return (
    <Panel title={texts.importMarketData}>
      {stage.step === 'preview' ? (
        <ImportPreview
          key={stage.path}
          file={stage.path}
          name={stage.name}
          inspection={stage.inspection}
          onDone={() => setStage({ step: 'idle' })}
        />
      ) : stage.step === 'several' ? (
        <SeveralFiles names={stage.names} plan={stage.plan} onDone={() => setStage({ step: 'idle' })} />
      ) : (
        <div className={classes.drop} data-dragging={dragging || undefined}>
          {stage.step === 'reading' ? (
            <>
              <Loader size="sm" />
              <span role="status">{texts.readingName({ name: stage.name })}</span>
            </>
          ) : (
            <>
              <IconUpload size={28} stroke={1.4} aria-hidden />
              <span>{dragging ? texts.letGoToLook : texts.dropFilesOrFolderHere}</span>
              <Button ref={button} leftSection={<IconFileImport size={16} aria-hidden />} onClick={choose}>
                {texts.chooseFiles}
              </Button>
              <Button
                variant="default"
                leftSection={<IconFolderOpen size={16} aria-hidden />}
                onClick={chooseAll}
              >
                {texts.chooseFolder}
              </Button>
            </>
          )}
        </div>
      )}
      {stage.step === 'failed' ? (
        <div className={classes.importError}>
          <ErrorState error={stage.error} />
        </div>
      ) : null}
    </Panel>
  );
}
