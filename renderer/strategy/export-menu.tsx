import { Button, Menu, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { FORMATS, MODEL_FORMATS, type ModelFormat } from '../../engine/contract/model-formats.ts';
import { attempt, notifyExport } from '../ui/index.ts';
import { texts } from './texts.ts';

/** Says where a file went that was asked for, or why it did not come to be. */
export type Write = (what: string, written: () => Promise<{ readonly file: string }>) => void;

interface ExportMenuProps {
  /** What the button is called for whoever does not see where it stands. */
  readonly label?: string;
  /** Why there is no such file of the model; null where there is one. Undefined: nothing is known yet, or there is no model. */
  readonly refusal: ((format: ModelFormat) => string | null) | undefined;
  readonly head: string;
  onOpen?(): void;
  writeModel(format: ModelFormat): Promise<{ readonly file: string }>;
  /** Further items. */
  readonly more?: (write: Write) => ReactNode;
}

function Dimmed({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  );
}

/** What is to be known before it is asked for. */
function Note({ format }: { readonly format: ModelFormat }) {
  if (format !== 'metatrader5') return null;
  return <Dimmed>{texts.codeData}</Dimmed>;
}

/** A menu of the formats that a model can leave in. What there is not says why. */
export function ExportMenu({ label, refusal, head, onOpen, writeModel, more }: ExportMenuProps) {
  const [busy, setBusy] = useState(false);
  const write: Write = async (what, written) => {
    setBusy(true);
    const done = await attempt(written);
    setBusy(false);
    if (done !== undefined) notifyExport(what, done.file);
  };
  return (
    <Menu position="bottom-end" width={320} {...(onOpen === undefined ? {} : { onOpen })}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={busy}
          aria-label={label}
        >
          {texts.exportWord}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{head}</Menu.Label>
        {(refusal === undefined ? [] : MODEL_FORMATS).map((format) => {
          const why = refusal!(format);
          const { title } = FORMATS[format];
          return (
            <Menu.Item
              key={format}
              disabled={why !== null}
              onClick={() => write(texts.modelAs({ title }), () => writeModel(format))}
            >
              {title}
              {why === null ? <Note format={format} /> : <Dimmed>{texts.notPossible({ why })}</Dimmed>}
            </Menu.Item>
          );
        })}
        {more === undefined ? null : (
          <>
            <Menu.Divider />
            {more(write)}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
