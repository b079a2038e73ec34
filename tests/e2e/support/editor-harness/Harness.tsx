import { useSyncExternalStore } from 'react'
import { PageEditor } from '../../../../renderer/editor/PageEditor.tsx'
import { desk } from './desk.ts'
import type { DeskSide } from './desk.ts'

/** Two people at one page, side by side, each with a document of their own. */
export function Harness() {
  const { sides, language } = useSyncExternalStore(desk.subscribe, desk.snapshot)
  return (
    <div
      style={{
        display: 'flex',
        gap: 340,
        padding: '64px 32px',
        background: 'var(--surface)',
        minHeight: '100vh',
        boxSizing: 'border-box',
      }}
    >
      {sides.map((side) => (
        <section key={side.name} aria-label={side.name} style={{ inlineSize: side.width }}>
          {side.isMounted && <Side side={side} language={language} />}
        </section>
      ))}
    </div>
  )
}

function Side({ side, language }: { readonly side: DeskSide; readonly language: string }) {
  return (
    <PageEditor
      doc={side.doc}
      awareness={side.awareness}
      user={side.user}
      mode={side.mode}
      language={language}
      {...(side.schemaVersion === null ? {} : { schemaVersion: side.schemaVersion })}
      onUnknownContent={desk.noteUnknown}
      onOpenLink={desk.noteOpened}
      onImage={desk.keepImage}
      fileUrl={desk.fileUrl}
      around={desk.around}
    />
  )
}
