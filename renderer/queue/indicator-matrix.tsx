import { Checkbox, SegmentedControl } from '@mantine/core';
import type { Problem } from '../../engine/contract/errors.ts';
import type { Timeframe } from '../../engine/contract/timeframe.ts';
import type { IndicatorName } from '../../engine/contract/words.ts';
import { INDICATOR_TITLES } from '../ui/texts/indicator-titles.ts';
import { useAxes, useAxesEdits } from './axes-draft.ts';
import classes from './builder.module.css';
import { Field } from './field.tsx';
import { texts } from './texts/builder.ts';

interface IndicatorMatrixProps {
  readonly indicators: readonly string[];
  readonly timeframes: readonly Timeframe[];
  readonly problems?: readonly Problem[] | undefined;
}

type Matrix = Readonly<Partial<Record<IndicatorName, readonly Timeframe[]>>>;

/** Which indicator is computed on which timeframe: left to the engine, or box by box. */
export function IndicatorMatrix({ indicators, timeframes, problems }: IndicatorMatrixProps) {
  const matrix = useAxes((draft) => draft.indicators);
  const base = useAxes((draft) => draft.lists.timeframes);
  const { editDraft } = useAxesEdits();
  const names = indicators as readonly IndicatorName[];
  const set = (next: Matrix) => editDraft({ indicators: next });
  const start = (): Matrix => Object.fromEntries(names.map((name) => [name, base]));
  // Indicators run on a configuration's own timeframe or a longer one.
  const shortest = Math.max(
    0,
    timeframes.findIndex((timeframe) => base.includes(timeframe)),
  );
  const columns = timeframes.slice(shortest);
  return (
    <Field
      label={texts.indicators}
      hint={matrix === null ? texts.allSomeAlsoOne : texts.indicatorByTimeframe}
      problems={problems}
      action={
        <SegmentedControl
          size="xs"
          aria-label={texts.howIndicatorsAreChosen}
          data={[
            { value: 'auto', label: texts.automatic },
            { value: 'own', label: texts.choose },
          ]}
          value={matrix === null ? 'auto' : 'own'}
          onChange={(value) => editDraft({ indicators: value === 'auto' ? null : start() })}
        />
      }
    >
      {matrix === null ? null : (
        <table className={classes.matrix}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{texts.indicator}</span>
              </th>
              {columns.map((timeframe) => (
                <th key={timeframe} scope="col">
                  <ToggleAll timeframe={timeframe} names={names} matrix={matrix} onChange={set} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name}>
                <th scope="row">{INDICATOR_TITLES[name] ?? name}</th>
                {columns.map((timeframe) => (
                  <td key={timeframe}>
                    <Checkbox
                      size="xs"
                      aria-label={texts.indicatorTitleOnTimeframe({
                        indicatorTitle: INDICATOR_TITLES[name] ?? name,
                        timeframe,
                      })}
                      checked={matrix[name]?.includes(timeframe) ?? false}
                      onChange={() => set(toggled(matrix, name, timeframe, timeframes))}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Field>
  );
}

interface ToggleAllProps {
  readonly timeframe: Timeframe;
  readonly names: readonly IndicatorName[];
  readonly matrix: Matrix;
  onChange(matrix: Matrix): void;
}

function ToggleAll({ timeframe, names, matrix, onChange }: ToggleAllProps) {
  const on = names.filter((name) => matrix[name]?.includes(timeframe)).length;
  const all = on === names.length;
  return (
    <Checkbox
      size="xs"
      label={timeframe}
      aria-label={texts.allIndicatorsOn({ timeframe })}
      checked={all}
      indeterminate={on > 0 && !all}
      onChange={() =>
        onChange(
          Object.fromEntries(
            names.map((name) => {
              const others = (matrix[name] ?? []).filter((other) => other !== timeframe);
              return [name, all ? others : [...others, timeframe]];
            }),
          ),
        )
      }
    />
  );
}

function toggled(
  matrix: Matrix,
  name: IndicatorName,
  timeframe: Timeframe,
  order: readonly Timeframe[],
): Matrix {
  const now = matrix[name] ?? [];
  const next = now.includes(timeframe) ? now.filter((t) => t !== timeframe) : [...now, timeframe];
  return { ...matrix, [name]: next.sort((a, b) => order.indexOf(a) - order.indexOf(b)) };
}
