import {
  Alert,
  Autocomplete,
  Button,
  Checkbox,
  DataList,
  Group,
  NumberInput,
  Progress,
  Select,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { InspectionDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { TIMEFRAMES, type Timeframe } from '../../engine/contract/timeframe.ts';
import { call, loadWorkspace, toEngineError, useCall, useWorkspace } from '../state/index.ts';
import { ErrorState, formatCount, formatDay, formatProgress } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { aboutFile } from './about-file.ts';
import { CostFields, costsInput, type GivenCosts } from './cost-fields.tsx';
import { costText, KIND_TEXT } from './costs.ts';
import classes from './data.module.css';
import { BadLines, FirstLines } from './file-lines.tsx';
import { type Reading, ReadingFields } from './reading-fields.tsx';
import { texts } from './texts.ts';
import { TIME_ZONES, zoneSourceText } from './time-zones.ts';
import { notifyImported } from './undo.tsx';

interface ImportPreviewProps {
  readonly file: string;
  readonly name: string;
  readonly inspection: InspectionDto;
  onDone(): void;
}

/** What the file was taken for, and what to store it as. Nothing is stored before Import. */
export function ImportPreview({ file, name, inspection: first, onDone }: ImportPreviewProps) {
  const [symbol, setSymbol] = useState(first.symbol ?? '');
  const [timeframe, setTimeframe] = useState<Timeframe | null>(first.timeframe ?? null);
  const [zone, setZone] = useState('');
  const [reading, setReading] = useState<Reading>({});
  /** The symbol as it was when its field was left. */
  const [named, setNamed] = useState('');
  const [scale, setScale] = useState<number | string>('');
  const [costs, setCosts] = useState<GivenCosts>({});
  const [replace, setReplace] = useState(false);
  const [importing, setImporting] = useState(false);
  const [error, setError] = useState<EngineError>();

  // Another zone may move the bars, and only a symbol has pips: look again.
  const zoneInput = zone !== '' && TIME_ZONES.includes(zone) ? { timezone: zone } : {};
  const otherwise = { ...zoneInput, ...reading, ...(named === '' ? {} : { symbol: named }) };
  const isOtherwise = Object.values(otherwise).some((value) => value !== undefined);
  const again = useCall('market.inspect', isOtherwise ? { file, ...otherwise } : null);
  const inspection = isOtherwise ? (again.data ?? first) : first;
  const isStored = useWorkspace(({ series = [] }) =>
    series.some(
      (stored) =>
        stored.symbol === symbol.replace(/[#/]/g, '').toUpperCase() && stored.timeframe === timeframe,
    ),
  );
  const problem = (path: string) => error?.details.problems?.find((p) => p.path === path)?.message;

  const store = async () => {
    setImporting(true);
    setError(undefined);
    try {
      const result = await call('market.import', {
        file,
        symbol,
        timeframe: timeframe ?? '',
        ...(zone === '' ? {} : { timezone: zone }),
        ...reading,
        ...(isStored && replace ? { replace } : {}),
        ...(scale === '' ? {} : { priceScale: scale }),
        ...costsInput(costs),
      });
      await loadWorkspace(['series']);
      notifyImported(
        texts.symbolTimeframeImported({ symbol: result.symbol, timeframe: result.timeframe }),
        texts.barAddedChangedAlreadyThere({
          bars: result.added,
          changed: formatCount(result.changed),
          same: formatCount(result.same),
        }),
        [result.series],
      );
      onDone();
    } catch (thrown) {
      setError(aboutFile(toEngineError(thrown), file, name));
      setImporting(false);
    }
  };

  return (
    <form
      className={classes.preview}
      aria-label={texts.importName({ name })}
      onSubmit={(event) => {
        event.preventDefault();
        void store();
      }}
    >
      <div className={classes.previewColumns}>
        <div>
          <h3 className={classes.fileName}>{name}</h3>
          <Facts inspection={inspection} />
        </div>
        <div className={classes.previewFields}>
          <TextInput
            label={common.symbol}
            placeholder={texts.eurusd}
            required
            maxLength={32}
            value={symbol}
            error={problem('symbol')}
            onChange={(event) => setSymbol(event.currentTarget.value)}
            onBlur={() =>
              setNamed(/^#?[A-Za-z0-9._/-]{1,32}$/.test(symbol) && symbol !== first.symbol ? symbol : '')
            }
          />
          <Select
            label={common.timeframe}
            placeholder={texts.lengthOfBar}
            required
            data={[...TIMEFRAMES]}
            value={timeframe}
            allowDeselect={false}
            error={problem('timeframe')}
            onChange={(value) => setTimeframe(value as Timeframe | null)}
          />
          <Autocomplete
            label={texts.timeZoneOfFile}
            placeholder={`${inspection.timezone.name} (${zoneSourceText(first.timezone.source)})`}
            data={[...TIME_ZONES]}
            limit={30}
            value={zone}
            error={problem('timezone') ?? again.error?.message}
            onChange={setZone}
          />
          <NumberInput
            label={texts.dividePricesBy}
            placeholder={String(inspection.priceScale)}
            value={scale}
            error={problem('priceScale')}
            onChange={setScale}
            hideControls
            min={0}
            clampBehavior="none"
          />
          {isStored ? (
            <Checkbox
              label={texts.dropWhatIsStored}
              description={texts.otherwiseBarsAreJoined}
              checked={replace}
              onChange={(event) => setReplace(event.currentTarget.checked)}
            />
          ) : null}
          <CostFields costs={costs} inspection={inspection} problem={problem} onChange={setCosts} />
          <ReadingFields reading={reading} inspection={inspection} problem={problem} onChange={setReading} />
        </div>
      </div>
      {inspection.notes.length === 0 ? null : (
        <Alert color="blue" variant="light" title={texts.goodToKnow}>
          <ul className={classes.notes}>
            {inspection.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Alert>
      )}
      <FirstLines lines={inspection.firstLines} />
      {inspection.badRows > 0 ? (
        <BadLines countedIn={inspection.countedIn} lines={inspection.problems} total={inspection.badRows} />
      ) : null}
      {error !== undefined && (error.details.problems ?? []).length === 0 ? (
        <ErrorState error={error} />
      ) : null}
      <div className={classes.previewFoot}>
        <ImportProgress file={file} importing={importing} />
        <Group gap="sm">
          <Button variant="default" onClick={onDone} disabled={importing}>
            {common.discard}
          </Button>
          <Button type="submit" loading={importing} disabled={symbol.trim() === '' || timeframe === null}>
            {texts.importBar({ bars: inspection.bars })}
          </Button>
        </Group>
      </div>
    </form>
  );
}

function Facts({ inspection }: { readonly inspection: InspectionDto }) {
  const { title, timezone, priceScale, bars, first, last, duplicates, kind, roundTrip } = inspection;
  return (
    <DataList size="sm" gap={4} labelWidth="6.5rem">
      <Fact label={texts.format}>{title}</Fact>
      <Fact label={common.bars}>
        {texts.barsFirstToLast({ bars: formatCount(bars), first: formatDay(first), last: formatDay(last) })}
      </Fact>
      <Fact label={common.timeZone}>
        {timezone.name} ({zoneSourceText(timezone.source)})
      </Fact>
      <Fact label={texts.priceScale}>
        {priceScale === 1 ? texts.asQuoted : texts.dividedBy({ priceScale: formatCount(priceScale) })}
      </Fact>
      <Fact label={common.market}>{KIND_TEXT[kind]}</Fact>
      <Fact label={texts.roundTrip}>
        {roundTrip === null
          ? texts.costsAreNotKnown
          : texts.costsRoundTrip({ roundTrip: costText(roundTrip) })}
      </Fact>
      {duplicates === 0 ? null : (
        <Fact label={texts.duplicates}>{texts.rowThatComeTwice({ duplicates })}</Fact>
      )}
    </DataList>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}

function ImportProgress({ file, importing }: { readonly file: string; readonly importing: boolean }) {
  const share = useWorkspace((workspace) => workspace.imports.get(file));
  if (!importing) return <span />;
  return (
    <div className={classes.importProgress}>
      <Progress value={(share ?? 0) * 100} aria-label={texts.importProgress} />
      <span>{formatProgress(share ?? 0)}</span>
    </div>
  );
}
