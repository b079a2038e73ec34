import type { Root } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { isTooComplex } from './reading-cost.ts'

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml', 'toml']).freeze()

/** The syntax tree of a text; null where it is built to hang a reader, or too deep for the stack. */
export function parseMarkdown(markdown: string): Root | null {
  if (isTooComplex(markdown)) return null
  try {
    return parser.parse(markdown)
  } catch (error) {
    // The parser recurses over what people nest; that is the input's depth, not a fault of ours.
    if (error instanceof RangeError) return null
    throw error
  }
}
