import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  InputWrapper,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Tooltip,
} from '@mantine/core'
import classes from './theme.module.css'

/** The door green of a canal house, from mist to night; 7 is the accent by day, 3 by night. */
const gracht: MantineColorsTuple = [
  '#eff6f2',
  '#e1ede6',
  '#a3dbc0',
  '#84cbaa',
  '#5aa886',
  '#3a8767',
  '#277055',
  '#1b5b45',
  '#134534',
  '#0f231a',
]

const buttonSizes: Record<string, { height: string; padding: string; text: string }> = {
  sm: { height: '28px', padding: '10px', text: '13px' },
  md: { height: '36px', padding: '14px', text: '14px' },
  lg: { height: '44px', padding: '20px', text: '15px' },
}

/** Tokens of `tokens.css` handed to Mantine, so that both draw from one source in light, dark and high contrast. */
export const cssVariables: CSSVariablesResolver = () => {
  const colours = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-bright': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--stop)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-hover': 'var(--sunk)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-light': 'var(--accent-soft)',
    '--mantine-primary-color-light-hover': 'var(--accent-soft)',
    '--mantine-primary-color-light-color': 'var(--accent)',
    '--mantine-color-gracht-filled': 'var(--accent)',
    '--mantine-color-gracht-filled-hover': 'var(--accent-hover)',
    '--mantine-color-gracht-light': 'var(--accent-soft)',
  }
  return { variables: {}, light: colours, dark: colours }
}

export const theme = createTheme({
  primaryColor: 'gracht',
  primaryShade: { light: 7, dark: 3 },
  colors: { gracht },
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: 'var(--serif)', fontWeight: '600' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      classNames: { root: classes['button'] ?? '' },
      defaultProps: { variant: 'default', size: 'md' },
      vars: (_theme, props) => {
        const size = buttonSizes[String(props.size ?? 'md')] ?? { height: '36px', padding: '14px', text: '14px' }
        const filled = props.variant === 'filled' ? { '--button-color': 'var(--on-accent)' } : {}
        return {
          root: {
            '--button-height': size.height,
            '--button-padding-x': size.padding,
            '--button-fz': size.text,
            ...filled,
          },
        }
      },
    }),
    ActionIcon: ActionIcon.extend({
      classNames: { root: classes['iconButton'] ?? '' },
      defaultProps: { variant: 'subtle', size: 32 },
    }),
    Input: Input.extend({
      classNames: { input: classes['input'] ?? '' },
      vars: () => ({ wrapper: { '--input-height': '36px', '--input-size': '36px' } }),
    }),
    InputWrapper: InputWrapper.extend({
      classNames: {
        label: classes['label'] ?? '',
        description: classes['description'] ?? '',
        error: classes['error'] ?? '',
      },
      defaultProps: { withAsterisk: false },
    }),
    Popover: Popover.extend({ classNames: { dropdown: classes['dropdown'] ?? '' } }),
    Menu: Menu.extend({
      classNames: {
        dropdown: `${classes['dropdown'] ?? ''} ${classes['menu'] ?? ''}`,
        item: classes['menuItem'] ?? '',
        label: classes['menuLabel'] ?? '',
        divider: classes['menuDivider'] ?? '',
      },
      defaultProps: { transitionProps: { transition: 'fade', duration: 140 }, position: 'bottom-end' },
    }),
    Modal: Modal.extend({
      classNames: {
        overlay: classes['overlay'] ?? '',
        content: classes['dialog'] ?? '',
        header: classes['dialogHeader'] ?? '',
        title: classes['dialogTitle'] ?? '',
        body: classes['dialogBody'] ?? '',
        close: classes['dialogClose'] ?? '',
      },
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0 }, transitionProps: { duration: 200 } },
    }),
    SegmentedControl: SegmentedControl.extend({
      classNames: {
        root: classes['segments'] ?? '',
        indicator: classes['segmentIndicator'] ?? '',
        label: classes['segmentLabel'] ?? '',
      },
    }),
    Tooltip: Tooltip.extend({
      classNames: { tooltip: classes['tooltip'] ?? '' },
      defaultProps: { openDelay: 400, transitionProps: { duration: 80 } },
    }),
  },
})
