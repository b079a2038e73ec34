import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import type { SpaceSnapshot, TreePage } from '../../documents/plein.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useDialog } from '../../ui/dialogs.tsx'
import { destinationOf } from './move-page.ts'
import type { Drop } from './tree-drag.ts'
import type { MoveWay } from './tree-keys.ts'
import { useMoveWords } from './use-move-words.ts'

interface SetVerbsOptions {
  readonly spaces: readonly SpaceSnapshot[]
  readonly mayChangeIn: (spaceId: SpaceId) => boolean
  /** Tells people who cannot see the tree what happened there. */
  readonly say: (words: string) => void
}

/** What one can do with one page of the tree as with several. */
export function useSetVerbs(options: SetVerbsOptions) {
  const moves = useMoveVerbs(options)
  const plein = usePlein()
  const { t } = useTranslation()
  const { say } = options
  const others = useMemo(
    () => ({
      async archive(pages: readonly TreePage[]) {
        await plein.trees.archivePages(pages.map((page) => page.id))
        say(t('treeMoves.archived', { count: pages.length }))
      },
      async duplicate(pages: readonly TreePage[], withSubtree: boolean) {
        for (const page of pages) {
          const title = page.title === '' ? '' : t('treeMoves.copyTitle', { title: page.title })
          const copied = await plein.trees.duplicatePage(page.id, { title, withSubtree })
          if (!copied.ok) return say(t(`treeMoves.notCopied.${copied.error}`, { title: page.title }))
        }
        say(t('treeMoves.copied', { count: pages.length }))
      },
      setFavourite(pages: readonly TreePage[], isFavourite: boolean) {
        const ids = pages.map((page) => page.id)
        plein.marks.setFavourite(ids, isFavourite)
        say(t(isFavourite ? 'treeMoves.isFavourite' : 'treeMoves.noFavourite', { count: pages.length }))
      },
    }),
    [plein, t, say],
  )
  return useMemo(() => ({ ...moves, ...others }), [moves, others])
}

function useMoveVerbs({ spaces, mayChangeIn, say }: SetVerbsOptions) {
  const plein = usePlein()
  const { t } = useTranslation()
  const openDialog = useDialog()
  const words = useMoveWords()
  return useMemo(() => {
    const treeOf = (id: SpaceId | undefined) => spaces.find(({ space }) => space.id === id)?.tree ?? []
    const moveTo = async (pages: readonly TreePage[], spaceId: SpaceId, to: Drop['to']) => {
      const ids = pages.map((page) => page.id)
      if (await plein.trees.movePages(spaceId, ids, to)) say(words(pages, treeOf(spaceId), to))
    }
    return {
      async moveStep(pages: readonly TreePage[], way: MoveWay) {
        const spaceId = pages[0]?.spaceId
        if (spaceId === undefined || !mayChangeIn(spaceId)) return
        const here = pages.filter((page) => page.spaceId === spaceId)
        const ids = here.map((page) => page.id)
        const to = destinationOf(treeOf(spaceId), ids, way)
        if (to === undefined) say(t('treeMoves.noStep'))
        else await moveTo(here, spaceId, to)
      },
      async undoMove() {
        if (plein.trees.lastMove.snapshot() === null) return
        say(t((await plein.trees.undoMove()) ? 'treeMoves.movedBack' : 'treeMoves.notMovedBack'))
      },
      /** Within the space at once; into another one is asked first, for other people read there. */
      async drop(pages: readonly TreePage[], { spaceId, to }: Drop) {
        const here = pages.filter((page) => page.spaceId === spaceId)
        const others = pages.filter((page) => page.spaceId !== spaceId).map((page) => page.id)
        if (here.length > 0) await moveTo(here, spaceId, to)
        if (others.length > 0) openDialog({ name: 'move-pages', pages: others, to: { spaceId, parent: to.parent } })
      },
      moveElsewhere(pages: readonly TreePage[]) {
        openDialog({ name: 'move-pages', pages: pages.map((page) => page.id), to: null })
      },
    }
  }, [plein, spaces, mayChangeIn, say, t, openDialog, words])
}
