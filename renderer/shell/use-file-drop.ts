import { useEffect } from 'react';
import { openPresetFile } from '../queue/preset-files.ts';
import { go, useUi } from '../state/index.ts';
import { attempt, notify, plural } from '../ui/index.ts';

/** A file may be dropped anywhere on the window: a grid opens in the builder, anything else is looked at for import. */
export function useFileDrop(): void {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Without this the browser would open the file in place of the app.
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      useUi.setState({ dragging: true });
    };
    const leave = (event: DragEvent) => {
      // Going from one element to another is no leaving; outside the window there is no target.
      if (event.relatedTarget === null) useUi.setState({ dragging: false });
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      useUi.setState({ dragging: false });
      const [file, ...others] = event.dataTransfer?.files ?? [];
      if (file === undefined) return;
      if (others.length > 0) {
        notify(
          'One file at a time',
          `${file.name} is opened. Drop ${plural(others.length, 'other')} after it.`,
        );
      }
      void attempt(() => take(file));
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
}

async function take(file: File): Promise<void> {
  if (/\.ya?ml$/i.test(file.name)) {
    await openPresetFile(file);
    go('queue', { new: '1' });
  } else {
    useUi.setState({ dropped: file });
    go('data');
  }
}
