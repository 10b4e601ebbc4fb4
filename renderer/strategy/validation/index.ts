/** What validations came to, wherever it is shown. */
export { CriteriaTable } from './criteria-table.tsx';
export { SCHEME_TITLES } from './figures.ts';
export { FoldTable } from './fold-table.tsx';
