import { Button, Loader } from '@mantine/core';
import { IconFileImport, IconUpload } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { InspectionDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { chooseFile } from '../client/choose-file.ts';
import { call, client, go, toEngineError, useUi } from '../state/index.ts';
import { ErrorState, Panel } from '../ui/index.ts';
import { aboutFile } from './about-file.ts';
import classes from './data.module.css';
import { ImportPreview } from './import-preview.tsx';

const ACCEPT = '.csv,.txt,.tsv,.hst,.bi5,.zip,.gz,.prn,.dat';

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
  const choose = async () => {
    const file = await chooseFile(ACCEPT);
    if (file !== null) await open(file);
  };
  const dragging = useUi((ui) => ui.dragging);
  const dropped = useUi((ui) => ui.dropped);
  useEffect(() => {
    if (dropped === null) return;
    useUi.setState({ dropped: null });
    void open(dropped);
  }, [dropped, open]);

  // Came by a shortcut or from the menu: the dialog itself may only open from a click.
  useEffect(() => {
    if (!highlight) return;
    button.current?.focus();
    go('data');
  }, [highlight]);

  return (
    <Panel title="Import market data">
      {stage.step === 'preview' ? (
        <ImportPreview
          key={stage.path}
          file={stage.path}
          name={stage.name}
          inspection={stage.inspection}
          onDone={() => setStage({ step: 'idle' })}
        />
      ) : (
        <div className={classes.drop} data-dragging={dragging || undefined}>
          {stage.step === 'reading' ? (
            <>
              <Loader size="sm" />
              <span role="status">Reading {stage.name} …</span>
            </>
          ) : (
            <>
              <IconUpload size={28} stroke={1.4} aria-hidden />
              <span>
                {dragging
                  ? 'Let go to look at the file'
                  : 'Drop a file here: MetaTrader, Dukascopy, HistData or any CSV of candles'}
              </span>
              <Button ref={button} leftSection={<IconFileImport size={16} aria-hidden />} onClick={choose}>
                Choose file
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
