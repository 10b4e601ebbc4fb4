import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { SettingsDto } from '../../engine/contract/dto/index.ts';
import { VALIDATION_SCHEMES, type ValidationScheme } from '../../engine/contract/validation.ts';
import { titleOf } from '../ui/index.ts';
import { CostsTable } from './costs-table.tsx';
import type { Edit, Edits } from './edits.ts';
import classes from './settings.module.css';
import { targetRows } from './targets.ts';
import { texts } from './texts.ts';

interface TargetsTableProps {
  readonly settings: SettingsDto;
  readonly symbols: readonly string[];
  readonly edits: Edits;
  readonly problems: Readonly<Record<string, string>>;
  onEdit(path: string, edit: Edit): void;
}

const NONE = {};

/** What the figures of each symbol should reach, mode by mode; an empty cell asks what the mode's list asks. */
export function TargetsTable({ settings, symbols, ...editing }: TargetsTableProps) {
  const [mode, setMode] = useState<ValidationScheme>('quick');
  const rows = targetRows(settings, symbols, mode);
  if (rows.length === 0) return null;
  return (
    <div className={classes.targets}>
      <h3>{texts.targetsPerSymbol}</h3>
      <p>{texts.inPlaceOfWhatList}</p>
      <SegmentedControl
        aria-label={texts.targetsOf}
        value={mode}
        data={VALIDATION_SCHEMES.map((value) => ({ value, label: titleOf(value) }))}
        onChange={(next) => setMode(next as ValidationScheme)}
      />
      <CostsTable label={texts.targetsPerSymbolMode({ mode })} rows={rows} defaults={NONE} {...editing} />
    </div>
  );
}
