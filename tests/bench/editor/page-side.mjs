// In the page, the same for both editors; each passes its own copy of yjs. Nothing here is compiled: see child.ts.

/** The page of the bench as bytes: index.html is opened with them routed to this address. */
export async function fetchLongPage() {
  return new Uint8Array(await (await fetch('long-page')).arrayBuffer())
}

/**
 * What the bench asks of a page.
 * `doc` is shown by the editor; a second document plays somebody else, whose caret stands in the middle.
 */
export function exposeEditor({ Y, awarenessProtocol, doc, awareness, getEditor, openedAtMs }) {
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const otherAwareness = new awarenessProtocol.Awareness(other)
  const keys = []
  // The event's own time is when the browser handed it over, before any listener ran.
  document.addEventListener('keydown', ({ timeStamp }) => afterLayout().then((ms) => keys.push(ms - timeStamp)), true)

  const textAt = (part) => {
    const body = other.getXmlFragment('body')
    let index = Math.floor(body.length * part)
    while (body.get(index).nodeName !== 'paragraph') index += 1
    return body.get(index).get(0)
  }
  const placeOtherCaret = (part) => {
    const at = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(textAt(part), 5))
    otherAwareness.setLocalState({ user: { name: 'Sem', colour: 'brick', color: '#a4482f' }, cursor: { anchor: at, head: at } })
    awarenessProtocol.applyAwarenessUpdate(
      awareness,
      awarenessProtocol.encodeAwarenessUpdate(otherAwareness, [other.clientID]),
      'remote',
    )
  }

  window.bench = {
    ready: async () => {
      while (!getEditor()) await afterLayout()
      placeOtherCaret(0.5)
      const ms = await afterLayout()
      return { openMs: ms - openedAtMs, blocks: getEditor().state.doc.childCount }
    },
    /** Puts this person's caret into the text at that part of the page, in sight. */
    place: (part) => {
      const editor = getEditor()
      editor.commands.focus()
      editor.commands.setTextSelection(Math.round(editor.state.doc.content.size * part))
      editor.commands.scrollIntoView()
    },
    afterLayout,
    takeKeys: () => keys.splice(0),
    /** The letters of the other person so far: all that they typed must be shown here too. */
    isComplete: () => getEditor().state.doc.textContent.length === textLength(doc.getXmlFragment('body')),
    /** Somebody else types one letter at that part of the page: the time until it is in the editor, laid out, and in a frame. */
    remoteLetter: async (part) => {
      let update = null
      other.once('update', (bytes) => (update = bytes))
      textAt(part).insert(6, 'x')
      await afterLayout()
      const startMs = performance.now()
      Y.applyUpdate(doc, update, 'plein:remote')
      const appliedMs = performance.now() - startMs
      getEditor().view.dom.getBoundingClientRect()
      const layoutMs = performance.now() - startMs
      return { appliedMs, layoutMs, frameMs: (await afterLayout()) - startMs }
    },
  }
  doc.on('update', (update, origin) => {
    if (origin !== 'plein:remote') Y.applyUpdate(other, update)
  })
}

/** The time after the next frame: its style, layout and paint come before the task that a message starts. */
function afterLayout() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now())
      port2.postMessage(null)
    })
  })
}

function textLength(fragment) {
  let length = 0
  for (const node of fragment.createTreeWalker(() => true)) {
    for (const { insert } of node.toDelta?.() ?? []) length += insert.length
  }
  return length
}
