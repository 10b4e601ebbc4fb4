/** What one strategy of a kept model did: equity, drawdown, and its trades one by one. Places share it. */
export { Calibration } from './calibration.tsx';
export { ChampionFigures } from './champion-figures.tsx';
export { EquityAndDrawdown } from './equity-and-drawdown.tsx';
export { ExportMenu } from './export-menu.tsx';
export { ExportModel } from './export-model.tsx';
export { FamilyWiseP } from './family-wise-p.tsx';
export { HoldoutLook } from './holdout-look.tsx';
export { LookaheadCheck } from './lookahead-check.tsx';
export { useMoneyChoice } from './money-choice.ts';
export { MoneyFields, MoneySwitch } from './money-fields.tsx';
export { MoneyLine } from './money-figures.tsx';
export { MoneySection } from './money-section.tsx';
export { ReportButton } from './report-button.tsx';
export { Robustness } from './robustness.tsx';
export { ScopeChoice } from './scope-choice.tsx';
export { StakeMetrics } from './stake-metrics.tsx';
export { StrategyTrace } from './strategy-trace.tsx';
export { TradesSection } from './trades-section.tsx';
