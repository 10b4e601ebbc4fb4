import { useUi } from '../state/index.ts';
import classes from './shell.module.css';
import { texts } from './texts.ts';

/** Frames the window while a file hovers over it, and says what letting go does. */
export function DropMark() {
  const dragging = useUi((ui) => ui.dragging);
  if (!dragging) return null;
  return (
    <div className={classes.dropMark} role="status">
      <span>{texts.letGo}</span>
    </div>
  );
}
