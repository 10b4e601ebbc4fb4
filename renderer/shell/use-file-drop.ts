import { useEffect } from 'react';
import { droppedFiles } from '../client/choose-file.ts';
import { openPresetFile } from '../queue/preset-files.ts';
import { go, useUi } from '../state/index.ts';
import { attempt } from '../ui/index.ts';

/** Files and folders may be dropped anywhere on the window: a grid opens in the builder, anything else is looked at for import. */
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
      if (event.dataTransfer === null) return;
      const dropped = droppedFiles(event.dataTransfer);
      void attempt(async () => take(await dropped));
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

async function take(files: readonly File[]): Promise<void> {
  const [file, ...others] = files;
  if (file === undefined) return;
  if (others.length === 0 && /\.ya?ml$/i.test(file.name)) {
    await openPresetFile(file);
    go('queue', { new: '1' });
  } else {
    useUi.setState({ dropped: files });
    go('data');
  }
}
