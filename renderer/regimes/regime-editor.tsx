import { Button, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Panel } from '../ui/index.ts';
import type { DraftField, DraftProblem, RegimeDraft } from './draft.ts';
import classes from './regimes.module.css';
import type { TextProblem } from './rules-json.ts';

interface RegimeEditorProps {
  readonly draft: RegimeDraft;
  /** The first mistake in the JSON of the rules. */
  readonly textProblem: TextProblem | undefined;
  /** What the engine found wrong. */
  readonly problems: readonly DraftProblem[];
  /** Why it can't get a bar, though nothing is wrong with it. */
  readonly notes: readonly string[];
  /** The engine found nothing wrong with what stands here now. */
  readonly checked: boolean;
  onChange(change: Partial<Omit<RegimeDraft, 'id'>>): void;
  onDelete(): void;
}

export function RegimeEditor({
  draft,
  textProblem,
  problems,
  notes,
  checked,
  onChange,
  onDelete,
}: RegimeEditorProps) {
  const errorOf = (field: DraftField) => {
    const own = problems.filter((problem) => problem.field === field).map(({ message }) => message);
    return own.length === 0 ? undefined : own.join('\n');
  };
  const rulesError =
    textProblem === undefined
      ? errorOf('rules')
      : `Line ${textProblem.line}, column ${textProblem.column}: ${textProblem.message}`;
  return (
    <Panel
      title={`Edit ${draft.title || draft.name}`}
      actions={
        <Button size="xs" variant="default" c="var(--loss)" onClick={onDelete}>
          Delete
        </Button>
      }
    >
      <div className={classes.editor}>
        <TextInput
          label="Name"
          description="Small letters, digits and underscores."
          value={draft.name}
          error={errorOf('name')}
          spellCheck={false}
          onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
        />
        <TextInput
          label="Title"
          description="What the screen shows."
          value={draft.title}
          error={errorOf('title')}
          onChange={({ currentTarget }) => onChange({ title: currentTarget.value })}
        />
        <TextInput
          className={classes.wide}
          label="Description"
          value={draft.description}
          error={errorOf('description')}
          onChange={({ currentTarget }) => onChange({ description: currentTarget.value })}
        />
        <div className={classes.ruleText}>
          <Textarea
            className={classes.rules}
            label="Rules (JSON)"
            description="All of them must hold."
            value={draft.rules}
            error={rulesError}
            errorProps={{ style: { whiteSpace: 'pre-line' }, role: 'alert' }}
            spellCheck={false}
            autosize
            minRows={9}
            onChange={({ currentTarget }) => onChange({ rules: currentTarget.value })}
          />
          <div role="status" className={classes.verdictOfRules}>
            {rulesError === undefined && notes.length > 0 ? (
              notes.map((note) => (
                <div key={note} className={classes.note}>
                  <IconAlertTriangle className={classes.noteIcon} size={14} aria-hidden />
                  <span>{note}</span>
                </div>
              ))
            ) : checked && rulesError === undefined ? (
              <span className={classes.good}>
                <IconCircleCheck size={14} aria-hidden /> Rules are valid
              </span>
            ) : null}
          </div>
        </div>
        <RuleHelp />
      </div>
    </Panel>
  );
}

const MEASURE_HELP = [
  ['trend_strength', '0 to 1: how straight the last 50 closes run'],
  ['returns', 'log change over the same 50 bars'],
  ['volatility', 'standard deviation of the last 20 log returns'],
  ['volume', 'of the bar'],
  ['momentum', 'log change over the last 10 bars'],
  ['range', 'ln(high / low) of the bar'],
] as const;

function RuleHelp() {
  return (
    <aside className={classes.help} aria-label="How rules are written">
      A rule compares a measure with a number, a percentile of its last 500 bars, or a multiple of their
      average:
      <dl>
        <dt>"&gt; 0.7"</dt>
        <dd>above a number; also &gt;=, &lt;, &lt;=</dd>
        <dt>"&gt; 75th percentile"</dt>
        <dd>more than three quarters of the last 500 bars</dd>
        <dt>"&gt; 2x average"</dt>
        <dd>more than twice their average</dd>
        <dt>"&gt; 0 and &lt; 0.5"</dt>
        <dd>both</dd>
      </dl>
      Measures:
      <dl>
        {MEASURE_HELP.map(([measure, meaning]) => (
          <div key={measure} style={{ display: 'contents' }}>
            <dt>{measure}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
