/** Saves bytes under a name where the browser keeps its downloads. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes only after this task.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
