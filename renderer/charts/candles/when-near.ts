/** Far enough to be drawn before a wheel gets there. */
const MARGIN = '600px';

/**
 * Calls once as soon as the element is in sight, or nearly: what a page has below costs nothing before it is scrolled to.
 *
 * @returns Takes the call back.
 */
export function whenNear(element: HTMLElement, onNear: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      onNear();
    },
    // A place scrolls within the window.
    { rootMargin: MARGIN, scrollMargin: MARGIN },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
