import { useEffect, useState } from 'react';

/** Beside a dialog that is made when it opens and gone when it closes: the focus then goes back to what opened it. */
export function FocusBack() {
  // While it is drawn first, the dialog has not taken the focus yet.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // What the dialog had in focus goes with it; whoever took the focus elsewhere keeps it.
      setTimeout(() => {
        const { activeElement } = document;
        const isNowhere = activeElement === null || activeElement === document.body;
        if (isNowhere && before instanceof HTMLElement && before.isConnected)
          before.focus({ preventScroll: true });
      });
    },
    [before],
  );
  return null;
}
