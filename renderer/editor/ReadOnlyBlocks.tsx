import type { JSX, ReactNode } from 'react'
import { calloutKindOf } from '../../model/page-content.ts'
import type { EditorTexts } from './editor-texts.ts'
import type { ReadOnlyElement, ReadOnlyNode, ReadOnlyText } from './read-only-blocks.ts'
import { otherSiteOf, safeHref, safeImageSource } from './safe-address.ts'
import styles from './editor.module.css'

interface Surroundings {
  readonly texts: EditorTexts
  readonly onOpenLink: (href: string) => void
}

/** Draws nodes read from the document; each is drawn by its name, and an unknown one as its words in a box that says so. */
export function ReadOnlyBlocks({
  nodes,
  ...around
}: Surroundings & { readonly nodes: readonly ReadOnlyNode[] }): JSX.Element {
  return (
    <>
      {nodes.map((node, index) =>
        // Nothing here has state, so the place is as good a key as any.
        'text' in node ? <Words key={index} node={node} {...around} /> : <Block key={index} node={node} {...around} />,
      )}
    </>
  )
}

function Block({ node, ...around }: Surroundings & { readonly node: ReadOnlyElement }): ReactNode {
  const children = <ReadOnlyBlocks nodes={node.children} {...around} />
  if (!node.isKnown) return <UnknownBlock node={node} {...around} />
  const draw = blockDrawings[node.name]
  return draw === undefined ? <div>{children}</div> : draw(children, node, around)
}

function UnknownBlock({ node, ...around }: Surroundings & { readonly node: ReadOnlyElement }) {
  return (
    <div className={styles['unknownBlock']}>
      <p className={styles['unknownNote']}>{around.texts.newerVersionBlock}</p>
      <ReadOnlyBlocks nodes={node.children} {...around} />
    </div>
  )
}

const blockDrawings: Readonly<
  Record<string, (children: ReactNode, node: ReadOnlyElement, around: Surroundings) => ReactNode>
> = {
  paragraph: (children) => <p>{children}</p>,
  heading: (children, { attributes }) => {
    if (attributes['level'] === 1) return <h1>{children}</h1>
    return attributes['level'] === 2 ? <h2>{children}</h2> : <h3>{children}</h3>
  },
  bulletList: (children) => <ul>{children}</ul>,
  orderedList: (children, { attributes }) => <ol start={numberOf(attributes['start'], 1)}>{children}</ol>,
  listItem: (children) => <li>{children}</li>,
  taskList: (children) => <ul data-type="taskList">{children}</ul>,
  taskItem: (children, node, { texts }) => (
    <li data-type="taskItem" data-checked={node.attributes['checked'] === true}>
      <label>
        <input
          type="checkbox"
          checked={node.attributes['checked'] === true}
          disabled
          aria-label={texts.task(wordsOf(node))}
          readOnly
        />
      </label>
      <div>{children}</div>
    </li>
  ),
  table: (children) => (
    <div className="tableWrapper">
      <table>
        <tbody>{children}</tbody>
      </table>
    </div>
  ),
  tableRow: (children) => <tr>{children}</tr>,
  tableHeader: (children, { attributes }) => <th {...spans(attributes)}>{children}</th>,
  tableCell: (children, { attributes }) => <td {...spans(attributes)}>{children}</td>,
  blockquote: (children) => <blockquote>{children}</blockquote>,
  codeBlock: (children) => (
    <pre>
      <code>{children}</code>
    </pre>
  ),
  image: (_children, { attributes }, { texts, onOpenLink }) => {
    const alt = typeof attributes['alt'] === 'string' ? attributes['alt'] : texts.imageMissing
    const src = safeImageSource(attributes['src'])
    const site = src === null ? null : otherSiteOf(src, location.origin)
    if (site !== null) {
      const words = attributes['alt'] === alt && alt.trim() !== '' ? alt : texts.imageElsewhere(site)
      return <Anchor href={src} words={words} onOpenLink={onOpenLink} />
    }
    return src === null ? (
      <span className={styles['unknownNote']}>{alt}</span>
    ) : (
      <>
        <img src={src} alt={alt} loading="lazy" />
        {textOf(attributes['caption']) !== '' && <small>{textOf(attributes['caption'])}</small>}
      </>
    )
  },
  callout: (children, { attributes }, { texts }) => {
    const kind = calloutKindOf(attributes['kind'])
    return (
      <aside role="note" data-callout={kind} aria-label={texts.calloutKind[kind]}>
        {children}
      </aside>
    )
  },
  details: (children) => <details>{children}</details>,
  detailsSummary: (children) => <summary>{children}</summary>,
  detailsContent: (children) => <div data-type="detailsContent">{children}</div>,
  attachment: (_children, { attributes }) => <p>{textOf(attributes['name'])}</p>,
  pageLink: (_children, { attributes }, { onOpenLink }) => (
    <Anchor
      href={safeHref(`plein:page/${textOf(attributes['page'])}`)}
      words={textOf(attributes['label'])}
      onOpenLink={onOpenLink}
    />
  ),
  mention: (_children, { attributes }) => <span data-person="">@{textOf(attributes['label'])}</span>,
  horizontalRule: () => <hr />,
  hardBreak: () => <br />,
}

function Words({ node, onOpenLink }: Surroundings & { readonly node: ReadOnlyText }): ReactNode {
  return node.marks.reduce<ReactNode>((words, { name, href }) => {
    if (name === 'link') return <Anchor href={safeHref(href)} words={words} onOpenLink={onOpenLink} />
    return markDrawings[name]?.(words) ?? words
  }, node.text)
}

const markDrawings: Readonly<Record<string, (words: ReactNode) => ReactNode>> = {
  bold: (words) => <strong>{words}</strong>,
  italic: (words) => <em>{words}</em>,
  strike: (words) => <s>{words}</s>,
  underline: (words) => <u>{words}</u>,
  code: (words) => <code>{words}</code>,
}

function Anchor({
  href,
  words,
  onOpenLink,
}: {
  readonly href: string | null
  readonly words: ReactNode
  readonly onOpenLink: (href: string) => void
}) {
  if (href === null) return words
  return (
    <a
      href={href}
      rel="noopener noreferrer"
      onClick={(event) => {
        event.preventDefault()
        onOpenLink(href)
      }}
    >
      {words}
    </a>
  )
}

function spans(attributes: Readonly<Record<string, unknown>>) {
  return { colSpan: numberOf(attributes['colspan'], 1), rowSpan: numberOf(attributes['rowspan'], 1) }
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 1000 ? value : otherwise
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function wordsOf(node: ReadOnlyElement): string {
  return node.children.map((child) => ('text' in child ? child.text : wordsOf(child))).join('')
}
