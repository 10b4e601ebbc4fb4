/** Opens the file dialog; null when it was cancelled. To be called from a click. */
export async function chooseFile(accept: string): Promise<File | null> {
  const [file] = await openDialog((input) => {
    input.accept = accept;
  });
  return file ?? null;
}

/** As `chooseFile`, for any number of files; none when it was cancelled. */
export function chooseFiles(accept: string): Promise<readonly File[]> {
  return openDialog((input) => {
    input.accept = accept;
    input.multiple = true;
  });
}

/** All files of a folder and those in it. */
export function chooseFolder(): Promise<readonly File[]> {
  return openDialog((input) => {
    input.webkitdirectory = true;
  });
}

function openDialog(prepare: (input: HTMLInputElement) => void): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    prepare(input);
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.oncancel = () => resolve([]);
    input.click();
  });
}

/** The files of a drop, those in dropped folders included. To be called while the drop is handled: later it is empty. */
export function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return Promise.resolve([...transfer.files]);
  return filesOf(entries.filter((entry) => entry !== null));
}

async function filesOf(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files: File[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isFile) files.push(await fileOf(entry as FileSystemFileEntry));
    else files.push(...(await filesOf(await entriesOf(entry as FileSystemDirectoryEntry))));
  }
  return files;
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** A reader gives a hundred at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
