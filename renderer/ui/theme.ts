import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';
import { texts } from './texts/ui.ts';

/** The one accent. Gains and losses own green and red, so it is neither: brass, as on an old ticker machine. */
const brass: MantineColorsTuple = [
  '#fdf6e8',
  '#f8e9c8',
  '#f1d69a',
  '#e9c16a',
  '#e0ac45',
  '#c8922c',
  '#a87519',
  '#875b0f',
  '#6d490b',
  '#4b3207',
];

/** Ink, lightest first. 0 is text, 2 dimmed text, 4 lines, 6 panels, 7 the page. */
const dark: MantineColorsTuple = [
  '#dfe5ec',
  '#b9c3cf',
  '#93a0af',
  '#5d6a79',
  '#2c3642',
  '#212a34',
  '#171e26',
  '#10161c',
  '#0b1015',
  '#06090c',
];

/** Paper: warm grays, lightest first. */
const gray: MantineColorsTuple = [
  '#faf9f6',
  '#f4f2ed',
  '#e9e6df',
  '#dcd8cf',
  '#c6c1b6',
  '#9b968a',
  '#6c675d',
  '#4c4840',
  '#35322c',
  '#211f1b',
];

/* Meanings: shade 7 passes 4.5:1 on paper, shade 4 on ink. */
const green: MantineColorsTuple = [
  '#e2f2e7',
  '#c3e5cf',
  '#97d3ac',
  '#74cd94',
  '#56c884',
  '#2f9e5b',
  '#1d8749',
  '#14763c',
  '#0e5c2e',
  '#09401f',
];
const red: MantineColorsTuple = [
  '#fae6e3',
  '#f8cfca',
  '#ffb3ad',
  '#ff988f',
  '#ff8078',
  '#e0574e',
  '#c93b32',
  '#b3261e',
  '#8f1c15',
  '#65120d',
];
const blue: MantineColorsTuple = [
  '#e4eefb',
  '#c8dcf6',
  '#a3c9f5',
  '#8abeff',
  '#70b3ff',
  '#3f8ae0',
  '#2a70c8',
  '#1d5fb4',
  '#16498b',
  '#0e315f',
];

/** What opens over the page belongs to its main landmark, as all of the page does: App's `main`. */
const IN_PLACE = { target: '#place' };

/** A dialog is named by its title; its header is no banner of the page, of which two that lie over each other would have two. */
const HEADER_OF_DIALOG = { header: { role: 'presentation' } };

export const theme = createTheme({
  primaryColor: 'brass',
  primaryShade: { light: 7, dark: 4 },
  colors: { brass, dark, gray, green, red, blue },
  // Filled controls are light on ink and dark on paper; what stands on them follows.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...colors, color: 'var(--on-filled)' } : colors;
  },
  white: '#ffffff',
  black: '#1b1a17',
  fontFamily:
    '"Inter Variable", Inter, "Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Liberation Sans", sans-serif',
  fontFamilyMonospace:
    '"JetBrains Mono", "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  spacing: { xs: '0.375rem', sm: '0.625rem', md: '0.875rem', lg: '1.25rem', xl: '1.75rem' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '10px', xl: '24px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.35' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    MultiSelect: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    TagsInput: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { iconColor: 'var(--on-filled)' } },
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false } },
    // Its first item has the focus: what would have it instead is no child that a menu may have.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { portalProps: IN_PLACE } },
    Tooltip: {
      defaultProps: {
        portalProps: IN_PLACE,
        withArrow: true,
        openDelay: 250,
        maw: 320,
        multiline: true,
        events: { hover: true, focus: true, touch: true },
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.5, blur: 2 },
        attributes: HEADER_OF_DIALOG,
      },
    },
    Drawer: { defaultProps: { attributes: HEADER_OF_DIALOG } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': texts.closeNotice } } },
    Paper: { defaultProps: { withBorder: true, radius: 'md' } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } },
  },
});

/** Colors by meaning; charts and styles use these names, never a shade. Both schemes pass 4.5:1 on panels. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f4ef',
    '--mantine-color-dimmed': '#67625a',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-placeholder': '#77726a',
    '--mantine-color-anchor': '#7a520d',
    '--on-filled': '#ffffff',
    '--mantine-color-red-light': '#fae6e3',
    '--mantine-color-red-light-color': '#8f1c15',
    '--mantine-color-yellow-light': '#fbeede',
    '--mantine-color-yellow-light-color': '#99500a',
    '--mantine-color-blue-light': '#e4eefb',
    '--mantine-color-blue-light-color': '#16498b',
    '--panel': '#ffffff',
    '--panel-sunken': '#f9f7f3',
    '--line': '#e2ded5',
    '--line-strong': '#cbc6ba',
    '--edge': 'rgb(27 26 23 / 28%)',
    '--control': '#8f897c',
    '--accent': '#875b0f',
    '--accent-soft': '#f7edd8',
    '--gain': '#14763c',
    '--loss': '#b3261e',
    '--running': '#1d5fb4',
    '--warning': '#99500a',
    '--neutral': '#67625a',
    '--figure': '#7b756a',
    '--gain-soft': '#e2f2e7',
    '--loss-soft': '#fae6e3',
    '--running-soft': '#e4eefb',
    '--warning-soft': '#fbeede',
    '--neutral-soft': '#efece6',
  },
  dark: {
    '--mantine-color-body': '#10161c',
    '--mantine-color-dimmed': '#93a0af',
    '--mantine-color-error': '#ff8078',
    '--mantine-color-placeholder': '#8794a3',
    '--mantine-color-anchor': '#e9c16a',
    '--on-filled': '#10161c',
    '--mantine-color-red-light': '#331c1f',
    '--mantine-color-red-light-color': '#ffb3ad',
    '--mantine-color-yellow-light': '#37271a',
    '--mantine-color-yellow-light-color': '#f5a35c',
    '--mantine-color-blue-light': '#16293f',
    '--mantine-color-blue-light-color': '#a3c9f5',
    '--panel': '#171e26',
    '--panel-sunken': '#131a21',
    '--line': '#2a343f',
    '--line-strong': '#3d4956',
    '--edge': 'rgb(0 0 0 / 65%)',
    '--control': '#6a788a',
    '--mantine-color-disabled': '#222b35',
    '--mantine-color-disabled-color': '#7b8896',
    '--mantine-color-disabled-border': '#2a343f',
    '--accent': '#e0ac45',
    '--accent-soft': '#2d2819',
    '--gain': '#56c884',
    '--loss': '#ff8078',
    '--running': '#70b3ff',
    '--warning': '#f5a35c',
    '--neutral': '#93a0af',
    '--figure': '#8190a1',
    '--gain-soft': '#16301f',
    '--loss-soft': '#3a1d1d',
    '--running-soft': '#16293f',
    '--warning-soft': '#37271a',
    '--neutral-soft': '#222b35',
  },
});
