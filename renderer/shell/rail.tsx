import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconKeyboard, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { openDialog, useUi } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { Logo } from './logo.tsx';
import { PLACE_LABELS } from './places.tsx';
import classes from './shell.module.css';
import { texts } from './texts.ts';
import { useKeys } from './use-keys.ts';

const openShortcuts = () => openDialog('shortcuts');

export function Rail() {
  const current = useUi((ui) => ui.place);
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('dark');
  const other = scheme === 'dark' ? 'light' : 'dark';
  useKeys([
    ['shift+?', openShortcuts],
    ['t', () => setColorScheme(other)],
  ]);
  return (
    <nav className={classes.rail} aria-label={texts.places}>
      <Logo />
      <div className={classes.railLinks}>
        {PLACE_LABELS.map(({ place, label, short, icon: Icon }, index) => (
          <a
            key={place}
            href={formatHash(place)}
            title={`${label} (${index + 1})`}
            aria-label={label}
            className={classes.railLink}
            aria-current={place === current ? 'page' : undefined}
            aria-keyshortcuts={String(index + 1)}
          >
            <Icon size={22} stroke={1.6} aria-hidden />
            <span className={classes.railLabel}>{label}</span>
            <span className={classes.railShort}>{short}</span>
          </a>
        ))}
      </div>
      <div className={classes.railFoot}>
        <Tooltip label={texts.commandPaletteCtrlK} position="right">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={texts.commandPalette}
            aria-keyshortcuts="Control+K Meta+K"
            onClick={spotlight.open}
          >
            <IconSearch size={20} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={texts.keyboardShortcuts} position="right">
          <ActionIcon
            className={classes.wideOnly}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={texts.keyboardShortcuts}
            onClick={openShortcuts}
          >
            <IconKeyboard size={20} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={texts.switchToTheme({ other })} position="right">
          <ActionIcon
            className={classes.wideOnly}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={texts.switchToTheme({ other })}
            onClick={() => setColorScheme(other)}
          >
            {scheme === 'dark' ? (
              <IconSun size={20} stroke={1.6} aria-hidden />
            ) : (
              <IconMoon size={20} stroke={1.6} aria-hidden />
            )}
          </ActionIcon>
        </Tooltip>
      </div>
    </nav>
  );
}
