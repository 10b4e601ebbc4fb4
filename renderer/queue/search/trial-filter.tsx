import { Button, Group } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type Condition, formatConditions } from '../../../engine/contract/conditions.ts';
import type { SearchDto } from '../../../engine/contract/dto/index.ts';
import { objectiveTitle } from '../../../engine/contract/objective-titles.ts';
import { conditionName, TRIAL_CONDITIONS } from '../../../engine/contract/trial-conditions.ts';
import { useModelTitle } from '../../state/index.ts';
import { axisText, formatCount, formatShort } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { texts } from './texts.ts';
import type { TrialFilter } from './use-trial-filter.ts';

interface TrialFilterBarProps {
  readonly search: SearchDto;
  readonly filter: TrialFilter;
  /** Of this study: those of which all conditions hold, and all. */
  readonly matching: number;
  readonly all: number;
}

/** What a study's table is filtered by: each condition goes at a press, or all do. Nothing where there is none. */
export function TrialFilterBar({ search, filter, matching, all }: TrialFilterBarProps) {
  const modelTitle = useModelTitle();
  const { text, conditions, problem, ask, without } = filter;
  if (text === '') return null;
  return (
    <Group gap="xs" mb="xs" role="group" aria-label={texts.filterOfTrials}>
      <span role="status">{problem ?? texts.matchingOfTrial({ matching: formatCount(matching), all })}</span>
      {conditions.map((condition) => {
        const words = conditionText(condition, search, modelTitle);
        return (
          <Button
            key={words}
            size="compact-sm"
            variant="default"
            radius="xl"
            rightSection={<IconX size={14} aria-hidden />}
            aria-label={texts.removeCondition({ words })}
            title={formatConditions([condition], TRIAL_CONDITIONS)}
            onClick={() => without(condition)}
          >
            {words}
          </Button>
        );
      })}
      <Button size="compact-sm" variant="subtle" onClick={() => ask('')}>
        {texts.clearFilters}
      </Button>
    </Group>
  );
}

const SIGNS: Readonly<Record<Condition['is'], string>> = {
  '=': '=',
  '!=': '≠',
  '>=': '≥',
  '<=': '≤',
  '>': '>',
  '<': '<',
  '~': '~',
};

/** `alpha ≥ 0.1`; a study by what it is about, a state as the table has it. */
function conditionText(
  { key, is, values }: Condition,
  { studies, objective }: SearchDto,
  modelTitle: (type: string) => string,
): string {
  const shown = values
    .map((value) =>
      key === 'modelType' || key === 'encoder'
        ? axisText(key, String(value), modelTitle)
        : valueText(key, value, studies),
    )
    .join(', ');
  const name = NAMES[key] ?? (key === 'value' ? objectiveTitle(objective) : conditionName(key));
  return `${name} ${SIGNS[is]} ${shown}`;
}

const NAMES: Readonly<Record<string, string>> = {
  study: texts.studyWord,
  trial: common.trial,
  state: common.state,
  side: texts.side,
  auc: common.validationAuc,
  seconds: texts.seconds,
};

const STATES: Readonly<Record<string, string>> = {
  completed: texts.allFolds,
  pruned: texts.givenUp,
  failed: common.failed,
};

function valueText(key: string, value: string | number, studies: SearchDto['studies']): string {
  if (key === 'study') return studies[Number(value) - 1]?.model ?? String(value);
  if (key === 'state') return STATES[value] ?? String(value);
  if (typeof value !== 'number') return value;
  return Number.isInteger(value) ? formatCount(value) : formatShort(value);
}
