import { SegmentedControl, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useRegimeTitle } from '../state/index.ts';
import { common } from '../ui/texts/common.ts';
import { texts } from './texts.ts';

interface ScopeChoiceProps {
  /** Regimes that the strategy can be looked at alone in. */
  readonly regimes: readonly string[];
  /** The regime whose signals alone are traded; null: all. */
  readonly value: string | null;
  onChange(value: string | null): void;
}

const ALL = '*';

/** Whose signals a strategy trades: those of one regime alone, or all. */
export function ScopeChoice({ regimes, value, onChange }: ScopeChoiceProps) {
  const regimeTitle = useRegimeTitle();
  const isNarrow = useMediaQuery('(width < 600px)');
  const data = [
    ...regimes.map((name) => ({ value: name, label: texts.nameAlone({ name: regimeTitle(name) }) })),
    { value: ALL, label: common.allRegimes },
  ];
  const choose = (chosen: string) => onChange(chosen === ALL ? null : chosen);
  if (data.length <= 2) {
    return (
      <SegmentedControl
        aria-label={texts.signalsTraded}
        size="xs"
        orientation={isNarrow === true ? 'vertical' : 'horizontal'}
        data={data}
        value={value ?? ALL}
        onChange={choose}
      />
    );
  }
  return (
    <Select
      label={texts.signalsTraded}
      data={data}
      value={value ?? ALL}
      onChange={(chosen) => choose(chosen ?? ALL)}
      allowDeselect={false}
      w={220}
    />
  );
}
