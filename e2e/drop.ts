import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { JSHandle, Page } from '@playwright/test';

/** What the pointer carries: files that a page may only look at once they are dropped on it. */
export type Drag = JSHandle<DataTransfer>;

/** A file or a text under a name of its own, taken up outside of the window. */
export async function dragFile(page: Page, name: string, content: Uint8Array | string): Promise<Drag> {
  const base64 = Buffer.from(content).toString('base64');
  return await page.evaluateHandle(
    async ([fileName, text]) => {
      const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], fileName));
      return transfer;
    },
    [name, base64] as const,
  );
}

/** Moves over the middle of the page. The event starts at whatever lies there, as that of a real pointer does. */
export async function dragOver(page: Page, dataTransfer: Drag): Promise<void> {
  const place = page.getByRole('main');
  await place.dispatchEvent('dragenter', { dataTransfer });
  await place.dispatchEvent('dragover', { dataTransfer });
}

/** Leaves the window: nothing in it is entered instead. */
export async function dragAway(page: Page, dataTransfer: Drag): Promise<void> {
  await page.getByRole('main').dispatchEvent('dragleave', { dataTransfer, relatedTarget: null });
}

export async function dropFile(page: Page, name: string, content: Uint8Array | string): Promise<void> {
  const dataTransfer = await dragFile(page, name, content);
  await dragOver(page, dataTransfer);
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer });
}

/** Drops a file that lies on the disk, under its own name. */
export async function dropFileAt(page: Page, path: string): Promise<void> {
  await dropFile(page, basename(path), await readFile(path));
}
