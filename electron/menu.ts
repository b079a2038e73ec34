import type { MenuItemConstructorOptions } from 'electron'

const words = {
  en: {
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    larger: 'Larger',
    smaller: 'Smaller',
    normal: 'Normal size',
    fullScreen: 'Full screen',
    developer: 'Developer tools',
    quit: 'Quit Plein',
  },
  nl: {
    edit: 'Bewerken',
    view: 'Beeld',
    window: 'Venster',
    undo: 'Ongedaan maken',
    redo: 'Opnieuw',
    cut: 'Knippen',
    copy: 'Kopiëren',
    paste: 'Plakken',
    selectAll: 'Alles selecteren',
    larger: 'Groter',
    smaller: 'Kleiner',
    normal: 'Normale grootte',
    fullScreen: 'Volledig scherm',
    developer: 'Ontwikkelhulpmiddelen',
    quit: 'Plein afsluiten',
  },
} as const

/** The menu bar: what the system expects (copying on macOS goes through it) and no more; the app's own actions are in its window. */
export function menuTemplate(host: { readonly locale: string; readonly isMac: boolean }): MenuItemConstructorOptions[] {
  const text = words[host.locale.toLowerCase().startsWith('nl') ? 'nl' : 'en']
  const appMenu: MenuItemConstructorOptions = host.isMac
    ? { role: 'appMenu' }
    : { label: 'Plein', submenu: [{ role: 'quit', label: text.quit }] }
  return [
    appMenu,
    {
      label: text.edit,
      submenu: [
        { role: 'undo', label: text.undo },
        { role: 'redo', label: text.redo },
        { type: 'separator' },
        { role: 'cut', label: text.cut },
        { role: 'copy', label: text.copy },
        { role: 'paste', label: text.paste },
        { role: 'selectAll', label: text.selectAll },
      ],
    },
    {
      label: text.view,
      submenu: [
        { role: 'zoomIn', label: text.larger },
        { role: 'zoomOut', label: text.smaller },
        { role: 'resetZoom', label: text.normal },
        { type: 'separator' },
        { role: 'togglefullscreen', label: text.fullScreen },
        { role: 'toggleDevTools', label: text.developer },
      ],
    },
    { role: 'windowMenu', label: text.window },
  ]
}
