/**
 * Charts as pure functions of their props: no data is fetched here. Some come with a chart library; a place that needs
 * none of those imports the files of the others, so that it does not load it.
 */
export { EquityChart } from './equity-chart.tsx';
export { type HeatColumn, HeatMap } from './heat-map.tsx';
export { regimeColor } from './palette.ts';
export { PriceChart } from './price-chart.tsx';
export { type Profile, ProfileRadar } from './profile-radar.tsx';
export { barsHeight, DrawdownBars, type RegimeBar, SharpeBars, WinRateBars } from './regime-bars.tsx';
export { RiskReturn, type RiskReturnPoint } from './risk-return.tsx';
