import { ActionIcon, Menu, Table, Title, Tooltip } from '@mantine/core';
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { download } from '../client/download.ts';
import { Head } from '../ui/head.tsx';
import { attempt } from '../ui/notices.tsx';
import { SideScroll } from '../ui/side-scroll.tsx';
import { wholeDates } from '../ui/whole-dates.tsx';
import { AxisHead, type ChartAxes } from './axis-head.tsx';
import { chartCsv, chartFileName } from './chart-csv.ts';
import { chartPng, chartSvg, svgText } from './chart-picture.ts';
import classes from './charts.module.css';
import { texts } from './texts.ts';

/** A chart's content as a table: what it shows to those who don't see it, or want the exact figures. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What a press on the first cell of a row does: what a click on its mark does, for whoever has no mouse. */
  onPick?(row: number): void;
}

interface ChartFigureProps {
  readonly title: string;
  /** One line under the title: unit, direction (`lower is better`), window. */
  readonly note?: React.ReactNode;
  /** What the chart says, in words, for screen readers. */
  readonly summary: string;
  /** Made when it is shown, where it takes time to make. */
  readonly table: ChartTable | (() => ChartTable);
  readonly legend?: readonly LegendItem[];
  /** The names of its axes, to be explained where they stand. */
  readonly axes?: ChartAxes;
  /** There is something to press or follow in it: it names its own picture. */
  readonly hasControls?: boolean;
  readonly children: React.ReactNode;
}

/** The frame of every chart: title, note, legend, the same figures as a table at the press of a button, and both as files. */
export function ChartFigure(props: ChartFigureProps) {
  const { title, note, summary, table, legend, axes, hasControls = false, children } = props;
  const [asTable, setAsTable] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const switchLabel = asTable ? texts.showTitleAsChart({ title }) : texts.showTitleAsTable({ title });
  return (
    <figure className={classes.figure} aria-label={title}>
      <figcaption className={classes.caption}>
        <div>
          <Title order={3}>{title}</Title>
          {note === undefined ? null : <p className={classes.note}>{wholeDates(note)}</p>}
        </div>
        <div className={classes.captionTools}>
          <Tooltip label={asTable ? texts.showAsChart : texts.showAsTable}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              aria-label={switchLabel}
              onClick={() => setAsTable((shown) => !shown)}
            >
              {asTable ? <IconChartBar size={16} aria-hidden /> : <IconTable size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
          <Downloads
            title={title}
            table={table}
            legend={legend ?? NO_LEGEND}
            drawing={asTable ? undefined : drawing}
          />
        </div>
      </figcaption>
      {asTable ? (
        <FiguresTable title={title} table={typeof table === 'function' ? table() : table} />
      ) : (
        <>
          <div className={classes.drawn}>
            <div
              ref={drawing}
              {...(hasControls ? {} : { role: 'img', 'aria-label': `${title}. ${summary}` })}
            >
              {children}
            </div>
            {axes?.left === undefined ? null : <AxisHead axis={axes.left} side="left" />}
            {axes?.bottom === undefined ? null : <AxisHead axis={axes.bottom} side="bottom" />}
          </div>
          {legend === undefined ? null : <Legend items={legend} />}
        </>
      )}
    </figure>
  );
}

const NO_LEGEND: readonly LegendItem[] = [];

interface DownloadsProps extends Pick<ChartFigureProps, 'title' | 'table'> {
  readonly legend: readonly LegendItem[];
  /** Undefined while the table stands in its place. */
  readonly drawing: React.RefObject<HTMLDivElement | null> | undefined;
}

/** The chart as files. */
function Downloads({ title, table, legend, drawing }: DownloadsProps) {
  const name = chartFileName(title);
  const saveData = () =>
    download(
      new Blob([chartCsv(typeof table === 'function' ? table() : table)], { type: 'text/csv' }),
      `${name}.csv`,
    );
  const save = (kind: 'svg' | 'png') =>
    attempt(async () => {
      const box = drawing?.current;
      if (box === null || box === undefined) return;
      const svg = chartSvg(box, title, legend);
      const file = kind === 'png' ? await chartPng(svg) : new Blob([svgText(svg)], { type: 'image/svg+xml' });
      download(file, `${name}.${kind}`);
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={texts.downloadTitle({ title })}>
          <IconDownload size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={saveData}>{texts.dataAsCsv}</Menu.Item>
        <Menu.Item disabled={drawing === undefined} onClick={() => void save('png')}>
          {texts.pictureAsPng}
        </Menu.Item>
        <Menu.Item disabled={drawing === undefined} onClick={() => void save('svg')}>
          {texts.drawingAsSvg}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function FiguresTable({ title, table }: { readonly title: string; readonly table: ChartTable }) {
  return (
    <SideScroll className={classes.tableBox} label={texts.titleAsTable({ title })}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {table.columns.map((column, i) => (
              <Head key={column} ta={alignment(table, i)}>
                {column}
              </Head>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.rows.map((cells, row) => (
            <Table.Tr key={cells.join('\n')}>
              {cells.map((cell, i) => (
                <Table.Td key={table.columns[i]} ta={alignment(table, i)}>
                  {i === 0 && table.onPick !== undefined ? (
                    <button
                      type="button"
                      className={classes.rowButton}
                      aria-label={texts.showRow({ head: table.columns[0], cell })}
                      onClick={() => table.onPick?.(row)}
                    >
                      {cell}
                    </button>
                  ) : (
                    cell
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
}

const FIGURE = /^−?[\d.,∞–]+( %)?$/;

/** Figures, and dashes for missing ones, stand under each other; words begin together. */
function alignment({ rows }: ChartTable, column: number): 'left' | 'right' {
  return rows.every((cells) => FIGURE.test(cells[column] ?? '')) ? 'right' : 'left';
}

export interface LegendItem {
  readonly name: string;
  readonly color: string;
  readonly shape?: 'fill' | 'outline' | 'line' | 'dashed';
  /** Drawn instead of a shape: the mark of the points it explains. */
  readonly glyph?: string;
}

export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul className={classes.legend} aria-label={texts.legend}>
      {items.map(({ name, color, shape = 'fill', glyph }) => (
        <li key={name}>
          {glyph === undefined ? (
            <span
              className={classes.swatch}
              data-shape={shape}
              style={shape === 'fill' ? { background: color } : { borderColor: color }}
            />
          ) : (
            <span aria-hidden style={{ color: color }}>
              {glyph}
            </span>
          )}
          {name}
        </li>
      ))}
    </ul>
  );
}
