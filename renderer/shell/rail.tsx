import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconKeyboard, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useUi } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { Logo } from './logo.tsx';
import { PLACE_LABELS } from './places.tsx';
import classes from './shell.module.css';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useKeys } from './use-keys.ts';

export function Rail() {
  const current = useUi((ui) => ui.place);
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('dark');
  const other = scheme === 'dark' ? 'light' : 'dark';
  const [shortcuts, { open, close }] = useDisclosure(false);
  useKeys([
    ['shift+?', open],
    ['t', () => setColorScheme(other)],
  ]);
  return (
    <nav className={classes.rail} aria-label="Places">
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
        <Tooltip label="Command palette (Ctrl+K)" position="right">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Command palette"
            aria-keyshortcuts="Control+K Meta+K"
            onClick={spotlight.open}
          >
            <IconSearch size={20} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Keyboard shortcuts" position="right">
          <ActionIcon
            className={classes.wideOnly}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Keyboard shortcuts"
            onClick={open}
          >
            <IconKeyboard size={20} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`Switch to ${other} theme`} position="right">
          <ActionIcon
            className={classes.wideOnly}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Switch to ${other} theme`}
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
      <ShortcutsDialog opened={shortcuts} onClose={close} />
    </nav>
  );
}
