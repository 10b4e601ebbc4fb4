/** Colors of the theme as a canvas takes them. */
export interface CanvasColors {
  readonly text: string;
  readonly dimmed: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly panel: string;
  readonly accent: string;
  readonly gain: string;
  readonly loss: string;
  readonly font: string;
  /** What `var(--…)` is here; another color as it is. */
  of(color: string): string;
}

/** A canvas knows no variables: they are read where it stands, in the theme of the moment. */
export function canvasColors(element: Element): CanvasColors {
  const style = getComputedStyle(element);
  const of = (color: string): string => {
    const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
    return name === undefined ? color : style.getPropertyValue(name).trim() || '#888888';
  };
  return {
    text: style.color,
    dimmed: of('var(--mantine-color-dimmed)'),
    line: of('var(--line)'),
    lineStrong: of('var(--line-strong)'),
    panel: of('var(--panel)'),
    accent: of('var(--accent)'),
    gain: of('var(--gain)'),
    loss: of('var(--loss)'),
    font: style.fontFamily,
    of,
  };
}
