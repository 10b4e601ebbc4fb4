/** The marks that may stand between the cells of a table, by the names that options have for them. */
export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
export type SeparatorName = keyof typeof SEPARATORS;
export const SEPARATOR_NAMES = [
  'comma',
  'semicolon',
  'tab',
  'pipe',
] as const satisfies readonly SeparatorName[];

/** What stands before the decimals of a number. */
export const DECIMAL_MARKS = ['point', 'comma'] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];

/** Whether a stamp says when its bar opened or when it closed. */
export const STAMP_MEANINGS = ['open', 'close'] as const;
export type StampMeaning = (typeof STAMP_MEANINGS)[number];
