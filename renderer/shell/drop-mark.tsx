import { useUi } from '../state/index.ts';
import classes from './shell.module.css';

/** Frames the window while a file hovers over it, and says what letting go does. */
export function DropMark() {
  const dragging = useUi((ui) => ui.dragging);
  if (!dragging) return null;
  return (
    <div className={classes.dropMark} role="status">
      <span>Let go: a GRID.yaml opens in the builder, other files and folders are looked at for import</span>
    </div>
  );
}
