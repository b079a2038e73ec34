/** Brings a block of the page that is shown into sight. Nothing where the page is not drawn yet. */
export function showBlock(block: number): void {
  const body = document.querySelector('[data-page-scroll] .ProseMirror')
  const target = body?.children[Math.min(block, (body.children.length || 1) - 1)]
  target?.scrollIntoView({ block: 'center' })
}
