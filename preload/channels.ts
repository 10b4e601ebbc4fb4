/** Names of the messages between preload and the main process. */
export const CHANNELS = {
  call: 'regimen:call',
  events: 'regimen:events',
  command: 'regimen:command',
  openFile: 'regimen:open-file',
  openFolder: 'regimen:open-folder',
  saveFile: 'regimen:save-file',
  showInFolder: 'regimen:show-in-folder',
  dropped: 'regimen:dropped-file',
} as const;
