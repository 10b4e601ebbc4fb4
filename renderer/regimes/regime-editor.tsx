import { Button, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Panel } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import type { DraftField, DraftProblem, RegimeDraft } from './draft.ts';
import classes from './regimes.module.css';
import type { TextProblem } from './rules-json.ts';
import { texts } from './texts.ts';

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
      : texts.lineColumn({
          line: textProblem.line,
          column: textProblem.column,
          message: textProblem.message,
        });
  return (
    <Panel
      title={texts.editDraft({ draft: draft.title || draft.name })}
      actions={
        <Button size="xs" variant="default" c="var(--loss)" onClick={onDelete}>
          {texts.deleteWord}
        </Button>
      }
    >
      <div className={classes.editor}>
        <TextInput
          label={common.name}
          description={texts.smallLetters}
          value={draft.name}
          error={errorOf('name')}
          spellCheck={false}
          onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
        />
        <TextInput
          label={texts.title}
          description={texts.whatScreenShows}
          value={draft.title}
          error={errorOf('title')}
          onChange={({ currentTarget }) => onChange({ title: currentTarget.value })}
        />
        <TextInput
          className={classes.wide}
          label={texts.description}
          value={draft.description}
          error={errorOf('description')}
          onChange={({ currentTarget }) => onChange({ description: currentTarget.value })}
        />
        <div className={classes.ruleText}>
          <Textarea
            className={classes.rules}
            label={texts.rulesJson}
            description={texts.allOfThemMustHold}
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
                <IconCircleCheck size={14} aria-hidden /> {texts.rulesAreValid}
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
  ['trend_strength', texts.of0To1],
  ['returns', texts.logChangeOverSame50],
  ['volatility', texts.standardDeviationOfLast20],
  ['volume', texts.ofBar],
  ['momentum', texts.logChangeOverLast10],
  ['range', texts.lnHighLowOfBar],
] as const;

function RuleHelp() {
  return (
    <aside className={classes.help} aria-label={texts.howRulesAreWritten}>
      {texts.ruleComparesMeasureWithNumber}
      <dl>
        <dt>"&gt; 0.7"</dt>
        <dd>{texts.aboveNumber}</dd>
        <dt>{texts.of75ThPercentile}</dt>
        <dd>{texts.moreThanThreeQuarters}</dd>
        <dt>{texts.of2XAverage}</dt>
        <dd>{texts.moreThanTwiceTheirAverage}</dd>
        <dt>{texts.of0And05}</dt>
        <dd>{texts.both}</dd>
      </dl>
      {texts.measures}
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
