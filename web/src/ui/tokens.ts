/** Every colour and size of the screens, once (design page "How it looks"). CSS variables and Ant Design tokens both come from here. */
import type { ThemeConfig } from 'antd';

export type ThemeName = 'dark' | 'light';

interface Palette {
  ground: string;
  pane: string;
  raised: string;
  line: string;
  /** Borders of things that can be acted on: 3:1 against the pane (WCAG 1.4.11). */
  edge: string;
  text: string;
  dim: string;
  critical: string;
  criticalGround: string;
  high: string;
  medium: string;
  information: string;
  normal: string;
  accent: string;
  /** Text on accent or alarm colours. */
  onColour: string;
}

export const palettes: Record<ThemeName, Palette> = {
  dark: {
    ground: '#0e1116', pane: '#151a21', raised: '#1b212a', line: '#2a323d', edge: '#66727f', text: '#d7dee7', dim: '#8a97a6',
    critical: '#ff5d55', criticalGround: '#3a1719', high: '#ffab40', medium: '#ffd95e', information: '#6fb7ff', normal: '#7fb69a',
    accent: '#4c9be8', onColour: '#0b0f14',
  },
  // Darker alarm colours for paper-white ground: each at least 4.5:1 on pane, ground and raised.
  light: {
    ground: '#f2f4f7', pane: '#ffffff', raised: '#f7f9fb', line: '#d3dae2', edge: '#76828f', text: '#161d26', dim: '#515d6b',
    critical: '#b71c1c', criticalGround: '#fdeaea', high: '#8f5000', medium: '#6d5a00', information: '#17599f', normal: '#2c664a',
    accent: '#17599f', onColour: '#ffffff',
  },
};

export const fonts = {
  text: "'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif",
  mono: "'Noto Sans Mono', 'Noto Sans SC', ui-monospace, monospace",
};

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `:root[data-theme=dark]{--ground:#0e1116;…}` and the same for light. */
export const tokenSheet = (): string =>
  (Object.keys(palettes) as ThemeName[])
    .map((name) => {
      const colours = Object.entries(palettes[name]).map(([key, value]) => `--${kebab(key)}:${String(value)}`);
      return `:root[data-theme=${name}]{color-scheme:${name};${colours.join(';')};--font-text:${fonts.text};--font-mono:${fonts.mono}}`;
    })
    .join('\n');

/** Ant Design's default colours fail contrast; these replace them all. */
export const antTheme = (name: ThemeName): ThemeConfig => {
  const p = palettes[name];
  return {
    token: {
      colorPrimary: p.accent, colorInfo: p.information, colorSuccess: p.normal, colorWarning: p.high, colorError: p.critical, colorLink: p.information,
      colorBgBase: p.pane, colorBgContainer: p.pane, colorBgElevated: p.raised, colorBgLayout: p.ground, colorBgSpotlight: p.raised, colorTextLightSolid: p.onColour,
      colorTextBase: p.text, colorText: p.text, colorTextSecondary: p.dim, colorTextTertiary: p.dim, colorTextDescription: p.dim, colorTextPlaceholder: p.dim, colorTextDisabled: p.dim,
      colorBorder: p.edge, colorBorderSecondary: p.line, colorSplit: p.line, colorErrorText: p.critical,
      borderRadius: 8, fontSize: 16, controlHeight: 40, lineHeight: 1.5, sizeUnit: 4, fontFamily: fonts.text, fontFamilyCode: fonts.mono,
      boxShadow: 'none', motion: false,
    },
    components: {
      Button: { primaryColor: p.onColour, dangerColor: p.onColour, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', defaultBg: p.raised },
      Table: { headerBg: p.raised, headerColor: p.dim, rowHoverBg: p.raised, borderColor: p.line, headerSplitColor: 'transparent', cellPaddingBlock: 12 },
      Tooltip: { colorTextLightSolid: p.text, colorBgSpotlight: p.raised },
      Form: { labelColor: p.text, itemMarginBottom: 20 },
      Segmented: { itemSelectedBg: p.accent, itemSelectedColor: p.onColour, itemColor: p.text, trackBg: p.raised, itemHoverColor: p.text },
      Select: { optionSelectedBg: p.line, optionSelectedColor: p.text, optionActiveBg: p.line },
      Input: { activeShadow: 'none' },
    },
  };
};
