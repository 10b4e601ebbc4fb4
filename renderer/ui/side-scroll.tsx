import { type RefObject, useEffect, useRef } from 'react';
import classes from './side-scroll.module.css';

interface SideScrollProps {
  /** What the region is called for screen readers. */
  readonly label: string;
  readonly className?: string | undefined;
  /** Of what stands in it, px. */
  readonly minWidth?: number;
  readonly children: React.ReactNode;
}

/** What may be wider than its room: it scrolls sideways, by the keyboard too, and has a shadow wherever more of it lies. */
export function SideScroll({ label, className, minWidth, children }: SideScrollProps) {
  const frame = useRef<HTMLDivElement>(null);
  useSideShadows(frame);
  return (
    <div ref={frame} className={classes.frame}>
      <section
        className={className === undefined ? classes.sideways : `${classes.sideways} ${className}`}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        {minWidth === undefined ? children : <div style={{ minWidth }}>{children}</div>}
      </section>
    </div>
  );
}

/** Class of the frame around one element that scrolls, for `useSideShadows`. */
export const sideShadows = classes.frame!;

/** Notes at the frame on which sides of the element in it more lies, and how thick its scroll bars are, px. */
export function useSideShadows(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = frame.current;
    const box = element?.firstElementChild;
    if (element === null || !(box instanceof HTMLElement)) return;
    const measure = () => {
      const { scrollLeft, scrollWidth, clientWidth, clientHeight, offsetWidth, offsetHeight } = box;
      // Widths are rounded.
      element.toggleAttribute('data-more-before', scrollLeft > 1);
      element.toggleAttribute('data-more-after', scrollLeft + clientWidth < scrollWidth - 1);
      element.style.setProperty('--bar-after', `${offsetWidth - clientWidth - box.clientLeft}px`);
      element.style.setProperty('--bar-below', `${offsetHeight - clientHeight - box.clientTop}px`);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    for (const content of box.children) observer.observe(content);
    // Before whoever draws rows hears of it: the layout is still that of the frame before, and read for nothing.
    element.addEventListener('scroll', measure, { capture: true, passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure, { capture: true });
    };
  }, [frame]);
}
