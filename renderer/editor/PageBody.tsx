import { useMemo, useState } from 'react'
import type { PageId } from '../../model/ids.ts'
import { personColourOf } from '../../model/person-colour.ts'
import { useOpenDocument, type EditablePage } from '../documents/use-open-document.ts'
import { usePage } from '../documents/use-page.ts'
import { usePlein } from '../documents/use-plein.tsx'
import { useSession } from '../documents/use-session.ts'
import type { Me, PageSnapshot, Plein } from '../documents/plein.ts'
import type { AnchorBoard } from '../documents/anchor-board.ts'
import { PageEditor } from './PageEditor.tsx'
import { PleinSurroundings } from './plein-surroundings.ts'
import type { SentState } from './unsent-blocks.ts'

export interface PageBodyProps {
  readonly pageId: PageId
  /** Of the interface: `nl` or `en`. */
  readonly language: string
  readonly onOpenLink: (href: string) => void
  readonly comments: AnchorBoard
}

/** The editor of an open page, with its files, its carets and its rights. Draws nothing while the page is not open. */
export function PageBody(props: PageBodyProps) {
  const page = usePage(props.pageId)
  const editable = useOpenDocument(props.pageId)
  const session = useSession()
  if (page?.ok !== true || editable === null || session.stage !== 'open') return null
  return <OpenBody {...props} page={page.value} editable={editable} me={session.me} />
}

function OpenBody(
  props: PageBodyProps & { readonly page: PageSnapshot; readonly editable: EditablePage; readonly me: Me },
) {
  const { page, editable, me } = props
  const { document, files } = editable
  const [isNewer, setNewer] = useState(false)
  const plein = usePlein()
  const around = useMemo(() => new PleinSurroundings(plein, page), [plein, page])
  const [sent] = useState(() => sentState(plein, page.id))
  return (
    <PageEditor
      doc={document.doc}
      awareness={document.awareness}
      user={{ name: me.name, colour: personColourOf(me.id) }}
      mode={page.mayEdit && !isNewer ? 'edit' : 'read-only'}
      language={props.language}
      comments={props.comments}
      onUnknownContent={() => {
        setNewer(true)
      }}
      onOpenLink={props.onOpenLink}
      onImage={async (file) => {
        const hash = await files.keep(file, page.spaceId)
        return hash === null ? null : { file: hash }
      }}
      fileUrl={(hash) => files.url(hash, page.spaceId)}
      around={around}
      {...(sent === null ? {} : { sent })}
    />
  )
}

/** Null where there is no server that could have it. */
function sentState(plein: Plein, pageId: PageId): SentState | null {
  const receipt = plein.receipt(pageId)
  const { connection } = plein
  if (receipt.snapshot().server === 'none') return null
  return {
    isOffline: () => connection.snapshot().state === 'offline',
    isSent: () => receipt.snapshot().server !== 'waiting',
    subscribe: (onChange) => receipt.subscribe(onChange),
  }
}
