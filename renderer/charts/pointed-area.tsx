import classes from './charts.module.css';

interface PointedAreaProps<T> {
  readonly ref: React.Ref<HTMLDivElement>;
  /** Pixels; as tall as what is in it by default. */
  readonly height?: number;
  /** What a place means, pixels from the upper left corner; null: nothing. */
  find(x: number, y: number): T | null;
  /** Told of wherever the pointer goes; null: it means nothing, or has left. */
  onPoint?(found: T | null): void;
  /** What a click does with what it means. */
  readonly onPick?: ((found: T) => void) | undefined;
  /** Whether a click would do anything where the pointer is. */
  readonly isPickable: boolean;
  readonly children: React.ReactNode;
}

/** A drawing whose marks are pointed at. The chart's table has them for whoever has no mouse. */
export function PointedArea<T>({
  ref,
  height,
  find,
  onPoint,
  onPick,
  isPickable,
  children,
}: PointedAreaProps<T>) {
  const foundAt = (event: React.MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return find(event.clientX - box.left, event.clientY - box.top);
  };
  const pick = (event: React.MouseEvent<HTMLDivElement>) => {
    const found = foundAt(event);
    if (found !== null) onPick?.(found);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever has no mouse presses the row in the figure's table.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same.
    <div
      ref={ref}
      className={classes.plot}
      data-pickable={isPickable ? true : undefined}
      style={height === undefined ? undefined : { height }}
      onPointerMove={onPoint && ((event) => onPoint(foundAt(event)))}
      onPointerLeave={onPoint && (() => onPoint(null))}
      onClick={pick}
    >
      {children}
    </div>
  );
}
