/**
 * Charts as pure functions of their props: no data is fetched here. A place that needs few of them imports the files of those, so that it
 * does not load the others.
 */
export type { BarFigure, RegimeBar, Weight } from './bar-rows.ts';
export { barsHeight } from './bars.tsx';
export { DrawdownChart } from './drawdown-chart.tsx';
export { EquityChart } from './equity-chart.tsx';
export { type HeatColumn, HeatMap } from './heat-map.tsx';
export { regimeColor } from './palette.ts';
export { PriceChart, priceDigits } from './price-chart.tsx';
export { type Profile, ProfileRadar } from './profile-radar.tsx';
export { DrawdownBars, SharpeBars, WinRateBars } from './regime-bars.tsx';
export { RiskReturn, type RiskReturnPoint } from './risk-return.tsx';
export { barsAround } from './trade-marks.ts';
