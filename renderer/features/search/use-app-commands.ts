import { useMantineColorScheme } from '@mantine/core'
import {
  IconBuilding,
  IconDeviceLaptop,
  IconFileAlert,
  IconFilePlus,
  IconFolderOpen,
  IconFolderPlus,
  IconFolders,
  IconHome,
  IconHourglass,
  IconInbox,
  IconKeyboard,
  IconLanguage,
  IconListSearch,
  IconMoon,
  IconNote,
  IconNotes,
  IconSearch,
  IconSettings,
  IconSun,
  IconSunMoon,
  IconUserPlus,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../documents/use-may.ts'
import { useCreateNote } from '../../documents/use-notebook.ts'
import { usePlatform } from '../../documents/use-platform.tsx'
import { usePlein } from '../../documents/use-plein.tsx'
import { useOpenSession } from '../../documents/use-session.ts'
import { useSpaces } from '../../documents/use-spaces.ts'
import { changeLanguage } from '../../i18n/i18n.ts'
import { languageNames, languages } from '../../i18n/languages.ts'
import { type Command, useCommands } from '../../ui/commands.ts'
import { useDialog } from '../../ui/dialogs.tsx'
import { useSpaceToWriteIn } from './use-new-page-command.ts'

/** Offers what can be done anywhere in the organisation. Screens add what can be done on them. */
export function useAppCommands(): void {
  const makers = useMakeCommands()
  const places = useGoCommands()
  const furtherPlaces = useFurtherGoCommands()
  const spaces = useSpaceCommands()
  const looks = useLookCommands()
  const organisations = useOrganisationCommands()
  useCommands(
    useMemo(
      () => [...makers, ...places, ...furtherPlaces, ...spaces, ...looks, ...organisations],
      [makers, places, furtherPlaces, spaces, looks, organisations],
    ),
  )
}

function useMakeCommands(): readonly Command[] {
  const { t } = useTranslation()
  const openDialog = useDialog()
  const navigate = useNavigate()
  const createNote = useCreateNote()
  const spaceId = useSpaceToWriteIn()
  const mayCreateSpace = useMay('create-space')
  return useMemo(() => {
    const commands: Command[] = []
    const group = 'make'
    if (spaceId !== undefined) {
      const run = () => openDialog({ name: 'create-page', spaceId, parent: null, kind: 'wiki' })
      commands.push({ id: 'page.new', group, title: t('commands.newPage'), Icon: IconFilePlus, keys: 'Alt+N', run })
    }
    if (createNote !== undefined) {
      const run = () => {
        void createNote('').then((pageId) =>
          navigate({ to: '/page/$pageId', params: { pageId }, state: { startWriting: true } }),
        )
      }
      commands.push({ id: 'note.new', group, title: t('commands.newNote'), Icon: IconNote, keys: 'Alt+Shift+N', run })
    }
    if (mayCreateSpace) {
      const run = () => openDialog({ name: 'create-space' })
      commands.push({ id: 'space.new', group, title: t('commands.newSpace'), Icon: IconFolderPlus, run })
    }
    return commands
  }, [t, openDialog, navigate, createNote, spaceId, mayCreateSpace])
}

function useGoCommands(): readonly Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const openDialog = useDialog()
  return useMemo(() => {
    const go = (to: '/' | '/notes' | '/inbox' | '/settings' | '/set-aside' | '/search') => () => void navigate({ to })
    const group = 'go'
    return [
      {
        id: 'search.open',
        group,
        title: t('commands.search'),
        Icon: IconSearch,
        keys: 'Mod+K',
        isKeysOnly: true,
        run: () => openDialog({ name: 'quick-open' }),
      },
      {
        id: 'search.screen',
        group,
        title: t('commands.searchScreen'),
        Icon: IconListSearch,
        keys: 'Mod+Shift+F',
        run: go('/search'),
      },
      { id: 'go.home', group, title: t('commands.goHome'), Icon: IconHome, run: go('/') },
      { id: 'go.notes', group, title: t('commands.goNotes'), Icon: IconNotes, run: go('/notes') },
      { id: 'go.inbox', group, title: t('commands.goInbox'), Icon: IconInbox, run: go('/inbox') },
      {
        id: 'go.settings',
        group,
        title: t('commands.goSettings'),
        Icon: IconSettings,
        keys: 'Mod+,',
        run: go('/settings'),
      },
      {
        id: 'help.shortcuts',
        group,
        title: t('commands.shortcuts'),
        Icon: IconKeyboard,
        keys: 'Mod+/',
        run: () => openDialog({ name: 'shortcuts' }),
      },
      {
        id: 'help.shortcuts-sign',
        group,
        title: t('commands.shortcuts'),
        keys: '?',
        isKeysOnly: true,
        run: () => openDialog({ name: 'shortcuts' }),
      },
    ]
  }, [t, navigate, openDialog])
}

/** Places that one goes to less often. */
function useFurtherGoCommands(): readonly Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return useMemo(() => {
    const go = (
      to: '/spaces' | '/requests' | '/keep' | '/set-aside',
      title: string,
      Icon: Command['Icon'],
    ): Command => ({
      ...{ id: `go${to.replace('/', '.')}`, group: 'go', title },
      ...(Icon === undefined ? {} : { Icon }),
      run: () => void navigate({ to }),
    })
    return [
      go('/spaces', t('commands.goSpaces'), IconFolders),
      go('/requests', t('commands.goRequests'), IconHourglass),
      go('/keep', t('commands.goKeep'), IconDeviceLaptop),
      go('/set-aside', t('commands.goSetAside'), IconFileAlert),
    ]
  }, [t, navigate])
}

function useSpaceCommands(): readonly Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const spaces = useSpaces()
  return useMemo(
    () =>
      spaces.map(({ id, name }) => ({
        id: `go.space.${id}`,
        group: 'go',
        title: t('commands.goSpace', { name }),
        Icon: IconFolderOpen,
        run: () => void navigate({ to: '/space/$spaceId', params: { spaceId: id } }),
      })),
    [t, navigate, spaces],
  )
}

function useLookCommands(): readonly Command[] {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  return useMemo(() => {
    const scheme = (name: 'light' | 'dark' | 'auto', title: string, Icon: typeof IconSun): Command => ({
      ...{ id: `look.${name}`, group: 'window', title, Icon },
      run: () => setColorScheme(name),
    })
    return [
      scheme('light', t('commands.light'), IconSun),
      scheme('dark', t('commands.dark'), IconMoon),
      scheme('auto', t('commands.system'), IconSunMoon),
      ...languages.map((language): Command => {
        const title = t('commands.language', { name: languageNames[language] })
        return {
          id: `language.${language}`,
          group: 'window',
          title,
          Icon: IconLanguage,
          run: () => void changeLanguage(language),
        }
      }),
    ]
  }, [t, setColorScheme])
}

function useOrganisationCommands(): readonly Command[] {
  const { t } = useTranslation()
  const plein = usePlein()
  const navigate = useNavigate()
  const openDialog = useDialog()
  const { organisation, organisations } = useOpenSession()
  const mayInvite = useMay('invite') && organisation.kind === 'server'
  const { severalOrganisations } = usePlatform().capabilities
  return useMemo(() => {
    const group = 'organisation'
    const others = organisations.filter(({ id }) => id !== organisation.id)
    const commands: Command[] = others.map(({ id, name }) => ({
      ...{ id: `organisation.${id}`, group, title: t('commands.openOrganisation', { name }), Icon: IconBuilding },
      run: () => void plein.openOrganisation(id).then(() => navigate({ to: '/' })),
    }))
    if (mayInvite) {
      const run = () => openDialog({ name: 'invite' })
      commands.push({ id: 'people.invite', group, title: t('commands.invite'), Icon: IconUserPlus, run })
    }
    if (severalOrganisations || organisation.kind !== 'server') {
      const run = () => void navigate({ to: '/welcome' })
      commands.push({ id: 'organisation.add', group, title: t('commands.addOrganisation'), Icon: IconBuilding, run })
    }
    return commands
  }, [t, plein, navigate, openDialog, organisation, organisations, mayInvite, severalOrganisations])
}
