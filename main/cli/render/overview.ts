import type { DecisionCode, ListedDto, OverviewDto } from '../../../engine/contract/dto/index.ts';
import { modelTitle } from '../../../engine/contract/model-type-names.ts';
import { verdictText } from '../../../engine/contract/verdict.ts';
import { count, decimal, duration, minute } from './format.ts';

/** What leads on from each decision. */
const LEADS_TO: Readonly<Record<DecisionCode, string>> = {
  'job-crashed': 'regimen jobs resume',
  'job-failed': 'regimen jobs retry',
  'job-confirmation': 'regimen validate confirm',
  'job-paused': 'regimen jobs resume',
  'gate-passed': 'regimen production promote',
  'version-expired': 'regimen production train',
  'version-stale': 'regimen forward show',
  'data-late': 'regimen market import',
  'alerts-undelivered': 'regimen alert retry',
  'champions-stale': 'regimen evaluate',
  'champions-unvalidated': 'regimen validate champions',
};

/** What came since the last look, what goes on, and what is to be decided. */
export function overviewText(overview: OverviewDto): string {
  const { since, evidence, running, waiting, finished, champions, promotions, decisions } = overview;
  const { withEvidence } = evidence;
  const sections = [
    since === null ? 'Nobody has looked yet: all of it is new.' : `Since ${minute(since)} UTC:`,
    section('To decide', decisions, ({ code, subject, text, job }) => {
      const lead = job === null ? LEADS_TO[code] : `${LEADS_TO[code]} ${job}`;
      return `${subject}: ${text} (${lead})`;
    }),
    running.length === 0 && waiting === 0
      ? 'Nothing is training.'
      : [
          ...running.map(
            ({ name, progress_pct, current, total, unit, remaining }) =>
              `Training: ${name}, ${progress_pct.toFixed(0)} %, ${current} of ${count(total, unit.slice(0, -1))}${remaining === null ? '' : `, ${duration(remaining)} left`}.`,
          ),
          ...(waiting === 0 ? [] : [`${count(waiting, 'job')} ${waiting === 1 ? 'waits' : 'wait'}.`]),
        ].join('\n'),
    section('Finished', finished, ({ id, name, state, at, completed, failed, kept, seconds }) => {
      const failures = failed === 0 ? '' : `, ${failed} failed`;
      return `${minute(at)}  ${id} ${name}: ${state}, ${completed} done${failures}, ${kept} kept, ${duration(seconds)}`;
    }),
    section('New champions', champions, (one) => {
      const score = `${decimal(one.sharpe, 1)} ± ${decimal(one.sharpeError, 1)}`;
      const place = one.replaced === null ? '' : `, in place of ${modelTitle(one.replaced.modelType)}`;
      return `${minute(one.at)}  ${one.champion}: ${modelTitle(one.modelType)}, Sharpe ${score}, ${verdictText(one.verdict)}${place}`;
    }),
    section('In charge', promotions, ({ at, name, action, to, by }) => {
      return `${minute(at)}  ${name}: ${action}${to === null ? '' : ` ${to}`} by ${by}`;
    }),
    evidence.champions === 0
      ? 'There are no champions yet.'
      : `${withEvidence} of ${count(evidence.champions, 'champion')} ${withEvidence === 1 ? 'has' : 'have'} evidence; ${evidence.validated} validated.`,
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function section<T>(title: string, { total, listed }: ListedDto<T>, line: (one: T) => string): string {
  if (total === 0) return '';
  const more = total > listed.length ? [`  … ${total - listed.length} more`] : [];
  return [`${title}:`, ...listed.map((one) => `  ${line(one)}`), ...more].join('\n');
}
