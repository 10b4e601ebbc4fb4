/** Whether a window could show up: always on Windows and macOS, elsewhere with a display server. */
export function hasDisplay(platform = process.platform, env = process.env): boolean {
  return (
    platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
  );
}
