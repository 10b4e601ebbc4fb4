/** Tables of any number of rows whose columns are chosen, ordered, sorted and filtered, and written as they are shown. */
export * from './address.ts';
export type { TableColumn } from './column.ts';
export { type ColumnChoice, createColumnChoice } from './column-choice.ts';
export { ColumnMenu } from './column-menu.tsx';
export { ConditionField, conditionProblem } from './condition-field.tsx';
export { DataTable, type Ticks } from './data-table.tsx';
export { ExportButton, type TableFile } from './export-button.tsx';
export { default as tableClasses } from './table.module.css';
export { ViewsMenu } from './views-menu.tsx';
