/** What pasting Markdown needs of the converter: one module, so that it is one chunk that is loaded when it is used. */
export { ImportWarnings } from '../../model/markdown/import-warning.ts'
export { BlockReader } from '../../model/markdown/mdast-to-blocks.ts'
export { parseMarkdown } from '../../model/markdown/parse-markdown.ts'
