import { texts } from './texts.ts';

/** A chart on its own, as a drawing or as a picture: title, what is drawn, legend, on the ground that it stands on. */

const MARGIN = 16;
const TITLE = 28;
const LEGEND = 24;
const SVG = 'http://www.w3.org/2000/svg';

/** Of what is drawn as vectors. */
const DRAWN = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'letter-spacing',
  'visibility',
  'display',
] as const;

export interface PictureLegend {
  readonly name: string;
  readonly color: string;
}

/**
 * The drawing of a chart as one SVG: what is vectors stays vectors, a canvas is a picture in it, and what is laid out as HTML stands in it
 * as such, with the styles that it has on the page.
 */
export function chartSvg(box: HTMLElement, title: string, legend: readonly PictureLegend[]): SVGSVGElement {
  const { left, top, width, height } = box.getBoundingClientRect();
  const style = getComputedStyle(box);
  const svg = create('svg', {
    xmlns: SVG,
    width: String(width + 2 * MARGIN),
    height: String(height + 2 * MARGIN + TITLE + (legend.length === 0 ? 0 : LEGEND)),
    'font-family': style.fontFamily,
    fill: style.color,
  });
  svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`);
  const named = create('title', {});
  named.textContent = title;
  const heading = create('text', {
    x: String(MARGIN),
    y: String(MARGIN + 12),
    'font-size': '15',
    'font-weight': '600',
  });
  heading.textContent = title;
  svg.append(named, create('rect', { width: '100%', height: '100%', fill: groundOf(box) }), heading);

  const drawn = [...box.querySelectorAll<SVGSVGElement | HTMLCanvasElement>('svg, canvas')].filter(
    (one) => one.parentElement?.closest('svg, button') === null && one.getBoundingClientRect().width > 0,
  );
  if (drawn.length === 0) svg.append(htmlPart(box, MARGIN, MARGIN + TITLE, width, height));
  for (const one of drawn) {
    const place = one.getBoundingClientRect();
    const at = {
      x: String(MARGIN + place.left - left),
      y: String(MARGIN + TITLE + place.top - top),
      width: String(place.width),
      height: String(place.height),
    };
    if (one instanceof HTMLCanvasElement) svg.append(create('image', { ...at, href: one.toDataURL() }));
    else svg.append(vectors(one, at));
  }
  let x = MARGIN;
  for (const { name, color } of legend) {
    const y = MARGIN + TITLE + height + LEGEND / 2;
    const text = create('text', { x: String(x + 14), y: String(y + 4), 'font-size': '12' });
    text.textContent = name;
    svg.append(
      create('rect', {
        x: String(x),
        y: String(y - 5),
        width: '10',
        height: '10',
        rx: '2',
        fill: colorOf(box, color),
      }),
      text,
    );
    x += 30 + 7 * name.length;
  }
  return svg;
}

function create<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** The first ground behind it that is not clear. */
function groundOf(element: Element): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    if (color !== '' && color !== 'transparent' && !/, 0\)$/.test(color)) return color;
  }
  return 'white';
}

/** A color of the theme as the page has worked it out. */
function colorOf(box: HTMLElement, color: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
  return name === undefined ? color : getComputedStyle(box).getPropertyValue(name).trim() || color;
}

function vectors(source: SVGSVGElement, at: Readonly<Record<string, string>>): SVGSVGElement {
  const copy = source.cloneNode(true) as SVGSVGElement;
  const originals = [source, ...source.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    const style = getComputedStyle(originals[i]!);
    for (const name of DRAWN) {
      const value = style.getPropertyValue(name);
      if (value !== '') element.setAttribute(name, value);
    }
    for (const name of ['class', 'style', 'tabindex', 'aria-hidden']) element.removeAttribute(name);
  });
  for (const [name, value] of Object.entries(at)) copy.setAttribute(name, value);
  copy.setAttribute('overflow', 'visible');
  return copy;
}

function htmlPart(
  box: HTMLElement,
  x: number,
  y: number,
  width: number,
  height: number,
): SVGForeignObjectElement {
  const part = create('foreignObject', {
    x: String(x),
    y: String(y),
    width: String(width),
    height: String(height),
  });
  const copy = box.cloneNode(true) as HTMLElement;
  const originals = [box, ...box.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    const style = getComputedStyle(originals[i]!);
    element.setAttribute(
      'style',
      [...style].map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'),
    );
    element.removeAttribute('class');
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/1999/xhtml');
  part.append(copy);
  return part;
}

export const svgText = (svg: SVGSVGElement): string => new XMLSerializer().serializeToString(svg);

/** Twice as fine as on the page. */
const FINE = 2;

export async function chartPng(svg: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  // As data: the ground of a canvas that has drawn a part of HTML from elsewhere can't be read again.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = FINE * Number(svg.getAttribute('width'));
  canvas.height = FINE * Number(svg.getAttribute('height'));
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error(texts.pictureCantBeDrawn)) : resolve(blob)));
  });
}
