import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { SettingsDto } from '../../engine/contract/dto/index.ts';
import { VALIDATION_SCHEMES, type ValidationScheme } from '../../engine/contract/validation.ts';
import { titleOf } from '../ui/index.ts';
import { CostsTable } from './costs-table.tsx';
import type { Edit, Edits } from './edits.ts';
import classes from './settings.module.css';
import { targetRows } from './targets.ts';

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
      <h3>Targets per symbol</h3>
      <p>
        In place of what the list of criteria asks, or beside it: a number, or two such as 0.60 to 0.63, what
        is asked for and how far it usually comes. Shares are fractions.
      </p>
      <SegmentedControl
        aria-label="Targets of"
        value={mode}
        data={VALIDATION_SCHEMES.map((value) => ({ value, label: titleOf(value) }))}
        onChange={(next) => setMode(next as ValidationScheme)}
      />
      <CostsTable label={`Targets per symbol, ${mode}`} rows={rows} defaults={NONE} {...editing} />
    </div>
  );
}
