import { Button, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { memo, useEffect, useState } from 'react';
import type { RunStatus } from '../../engine/contract/dto/index.ts';
import { HISTORY_CONDITIONS } from '../../engine/contract/history-columns.ts';
import { ConditionField } from '../table/index.ts';
import { MarkSelect, zoneLabel } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { AxisFilter } from './axis-filter.tsx';
import {
  FILTER_AXES,
  type Filters,
  filterCount,
  filterProblems,
  MAX_LIMIT,
  MIN_LIMIT,
  NO_FILTERS,
} from './filters.ts';
import classes from './history.module.css';
import { texts } from './texts.ts';

interface FilterPanelProps {
  /** What is searched for now. */
  readonly asked: Filters;
  onSearch(filters: Filters): void;
}

/** Empty is any: as if nothing had been asked. */
function withValue(axes: Filters['axes'], key: string, value: string): Filters['axes'] {
  const { [key]: _before, ...others } = axes;
  return value === '' ? others : { ...others, [key]: value };
}

/** What to look for; nothing is searched before Search is pressed (or Enter in a field). */
export const FilterPanel = memo(function FilterPanel({ asked, onSearch }: FilterPanelProps) {
  const [filters, setFilters] = useState(asked);
  // A view that was saved, or a step back, asks for something else.
  useEffect(() => setFilters(asked), [asked]);
  // On a phone what was found comes first, and what to look for at the press of a button.
  const isNarrow = useMediaQuery('(width < 760px)', false, { getInitialValueInEffect: false });
  const [opened, setOpened] = useState(false);
  const count = filterCount(asked);
  const problems = filterProblems(filters);
  const set = (change: Partial<Filters>) => setFilters((before) => ({ ...before, ...change }));

  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (Object.keys(problems).length > 0) return;
    onSearch(filters);
    setOpened(false);
  };

  if (isNarrow && !opened) {
    return (
      <Button
        fullWidth
        variant="default"
        leftSection={<IconFilter size={16} aria-hidden />}
        aria-expanded={false}
        onClick={() => setOpened(true)}
      >
        {count === 0 ? texts.filters : texts.filtersOn({ count })}
      </Button>
    );
  }
  return (
    <form className={classes.filters} onSubmit={submit} aria-label={texts.filters} noValidate>
      {FILTER_AXES.map(({ filter, ...axis }) => (
        <AxisFilter
          key={axis.key}
          axis={axis}
          value={filters.axes[filter.key] ?? ''}
          error={problems[`axes.${filter.key}`]}
          onChange={(value) => set({ axes: withValue(filters.axes, filter.key, value) })}
        />
      ))}
      <Select
        label={common.status}
        placeholder={texts.any}
        data={[
          { value: 'completed', label: texts.completed },
          { value: 'failed', label: common.failed },
        ]}
        value={filters.status}
        onChange={(status) => set({ status: status as RunStatus | null })}
        clearable
      />
      <MarkSelect label={common.marks} value={filters.mark} onChange={(mark) => set({ mark })} />
      <TextInput
        type="date"
        label={texts.createdFrom({ zone: zoneLabel() })}
        value={filters.from}
        onChange={({ currentTarget }) => set({ from: currentTarget.value })}
      />
      <TextInput
        type="date"
        label={texts.createdTo({ zone: zoneLabel() })}
        value={filters.to}
        onChange={({ currentTarget }) => set({ to: currentTarget.value })}
        error={problems.to}
      />
      <NumberInput
        label={texts.minimumSharpe}
        placeholder={texts.any}
        step={0.1}
        decimalScale={4}
        value={filters.minSharpe}
        onChange={(value) => set({ minSharpe: typeof value === 'number' ? value : '' })}
      />
      <TextInput
        label={texts.text}
        placeholder={texts.uuidError}
        maxLength={200}
        value={filters.text}
        onChange={({ currentTarget }) => set({ text: currentTarget.value })}
      />
      <ConditionField
        columns={HISTORY_CONDITIONS}
        className={classes.conditions}
        placeholder={texts.trades30RegimeBullTrending}
        value={filters.conditions}
        onChange={(conditions) => set({ conditions })}
        error={problems.conditions}
      />
      <NumberInput
        label={texts.limit}
        placeholder={texts.allRuns}
        title={texts.listAtMostThisMany({ minLimit: MIN_LIMIT, maxLimit: MAX_LIMIT })}
        step={10}
        min={MIN_LIMIT}
        max={MAX_LIMIT}
        clampBehavior="none"
        value={filters.limit}
        onChange={(value) => set({ limit: typeof value === 'number' ? value : '' })}
        error={problems.limit}
      />
      <div className={classes.filterActions}>
        <Switch
          label={texts.keptOnly}
          checked={filters.keptOnly}
          onChange={({ currentTarget }) => set({ keptOnly: currentTarget.checked })}
        />
        <Switch
          label={texts.hideDemoMarkets}
          checked={filters.hideDemo}
          onChange={({ currentTarget }) => set({ hideDemo: currentTarget.checked })}
        />
        <Button
          variant="default"
          onClick={() => {
            setFilters(NO_FILTERS);
            onSearch(NO_FILTERS);
          }}
        >
          {texts.clearFilters}
        </Button>
        {isNarrow ? (
          <Button variant="default" aria-expanded onClick={() => setOpened(false)}>
            {texts.hide}
          </Button>
        ) : null}
        <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
          {texts.searchNow}
        </Button>
      </div>
    </form>
  );
});
