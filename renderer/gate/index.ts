/** The gate before promotion: what is asked of a version, and what it found. */
export { GateFields, MIN_VERDICT_TITLES, PRESET_TITLES } from './gate-fields.tsx';
export { GatePanel } from './gate-panel.tsx';
export { EMPTY_GATE, type GateDraft, gateInput, leftOutText, skippedText } from './options.ts';
