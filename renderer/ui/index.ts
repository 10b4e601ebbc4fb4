export { AdviceList } from './advice-list.tsx';
export { axisHead, axisText, COLUMN_AXES, type ColumnAxis } from './axis-text.ts';
export { championTitle, useChampionTitle } from './champion-title.ts';
export { configurationText } from './configuration-text.ts';
export { ConfirmButton, ConfirmDialog } from './confirm-button.tsx';
export { formatFigure } from './figure.ts';
export { FocusBack } from './focus-back.tsx';
export * from './format.ts';
export { FoundDraft } from './found-draft.tsx';
export { Afterwards, Gradually } from './gradually.tsx';
export { Head } from './head.tsx';
export { type Markable, MarkSelect, Marks } from './marks.tsx';
export { hasMark, markFilterOf, marksText } from './marks-text.ts';
export { isSigned, MAIN_METRICS, METRICS, type MetricName } from './metrics.ts';
export { nameTitle, useNameTitle } from './name-title.ts';
export { attempt, discard, type KeptForm, notify, notifyAgain, notifyError, notifyUndo } from './notices.tsx';
export { notifyExport } from './notify-export.tsx';
export { Metric, MetricOf, Metrics, Num } from './num.tsx';
export { Page, Panel } from './page.tsx';
export {
  SharpeFigure,
  SharpeMetric,
  type SharpeScore,
  type SharpeTone,
  sharpeText,
  sharpeTone,
} from './sharpe-figure.tsx';
export { SideScroll, sideShadows, useSideShadows } from './side-scroll.tsx';
export { StaleModels } from './stale-models.tsx';
export { EmptyState, ErrorState, LoadingPlace, LoadingRows } from './states.tsx';
export { Badge, StatusBadge, type Tone } from './status-badge.tsx';
export { Explained, Term } from './term.tsx';
export { TermHeads } from './term-heads.tsx';
export { errorTitle } from './texts/error-titles.ts';
export { GLOSSARY, type Term as TermName } from './texts/glossary.ts';
export { headText } from './texts/head-words.ts';
export { INDICATOR_TITLES } from './texts/indicator-titles.ts';
export { type JobWords, jobKindTitle, jobWords, keepsModels } from './texts/job-words.ts';
export { TraceError } from './trace-error.tsx';
export { VerdictBadge, verdictTitle } from './verdict-badge.tsx';
export { wholeDates } from './whole-dates.tsx';
