import { useNotifications } from '@mantine/notifications';
import { useEffect } from 'react';

/**
 * Tells the style sheets how high the notices stand that are shown, as `--notices`, and how far above the window's end, as `--below-place`: the place
 * ends above them, and so does a dialog (`--below-dialog`), so that they cover no control and no figure of either.
 */
export function useNoticeRoom(): void {
  const { notifications } = useNotifications();
  const isShown = notifications.length > 0;
  useEffect(() => {
    const notices = document.querySelector<HTMLElement>('.notices[data-position="bottom-left"]');
    if (!isShown || notices === null) return;
    const { style } = document.documentElement;
    const measure = () => {
      const below = document.querySelector('footer')?.getBoundingClientRect().top ?? window.innerHeight;
      const height = Math.ceil(notices.getBoundingClientRect().height);
      style.setProperty('--below-place', `${window.innerHeight - below}px`);
      style.setProperty('--notices', `${height}px`);
      style.setProperty('--below-dialog', `${window.innerHeight - below + height}px`);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(notices);
    return () => {
      observer.disconnect();
      style.removeProperty('--notices');
      style.removeProperty('--below-dialog');
    };
  }, [isShown]);
}
