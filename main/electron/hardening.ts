import { app, type Session } from 'electron';

/** Writing text to the clipboard on a click is all that the page needs beyond its own frame. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

/** The page stays where it is: it opens no window, goes nowhere and embeds nothing. Call before the first window. */
export function denyNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** No camera, no location, no notification from a page. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === ALLOWED_PERMISSION),
  );
  session.setPermissionCheckHandler((_contents, permission) => permission === ALLOWED_PERMISSION);
}
