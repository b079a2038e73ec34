import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconColumnInsertLeft,
  IconColumnInsertRight,
  IconColumnRemove,
  IconRowInsertBottom,
  IconRowInsertTop,
  IconRowRemove,
  IconTableOff,
  IconTableRow,
} from '@tabler/icons-react'
import type { ChainedCommands, CommandProps, Editor } from '@tiptap/core'
import type { ComponentType } from 'react'
import { widenColumns } from './column-width.ts'
import type { EditorMenus } from './editor-menus.ts'
import type { EditorTexts } from './editor-texts.ts'
import { Floating } from './Floating.tsx'
import { Toolbar, ToolButton } from './Toolbar.tsx'
import { useMenus } from './use-menus.ts'

type TableTool =
  | 'rowAbove'
  | 'rowBelow'
  | 'deleteRow'
  | 'columnLeft'
  | 'columnRight'
  | 'deleteColumn'
  | 'columnWider'
  | 'columnNarrower'
  | 'headerRow'
  | 'deleteTable'

const tools: readonly {
  readonly name: TableTool
  readonly Icon: ComponentType<{ readonly size: number; readonly stroke: number }>
  readonly run: (chain: ChainedCommands) => ChainedCommands
}[] = [
  { name: 'rowAbove', Icon: IconRowInsertTop, run: (chain) => chain.addRowBefore() },
  { name: 'rowBelow', Icon: IconRowInsertBottom, run: (chain) => chain.addRowAfter() },
  { name: 'deleteRow', Icon: IconRowRemove, run: (chain) => chain.deleteRow() },
  { name: 'columnLeft', Icon: IconColumnInsertLeft, run: (chain) => chain.addColumnBefore() },
  { name: 'columnRight', Icon: IconColumnInsertRight, run: (chain) => chain.addColumnAfter() },
  { name: 'deleteColumn', Icon: IconColumnRemove, run: (chain) => chain.deleteColumn() },
  { name: 'columnWider', Icon: IconArrowsMaximize, run: (chain) => chain.command(byColumns(40)) },
  { name: 'columnNarrower', Icon: IconArrowsMinimize, run: (chain) => chain.command(byColumns(-40)) },
  { name: 'headerRow', Icon: IconTableRow, run: (chain) => chain.toggleHeaderRow() },
  { name: 'deleteTable', Icon: IconTableOff, run: (chain) => chain.deleteTable() },
]

function byColumns(pixels: number) {
  return ({ state, dispatch }: CommandProps) => widenColumns(pixels)(state, dispatch)
}

/** Over the table with the caret: rows, columns, header row. */
export function TableToolbar(props: {
  readonly editor: Editor
  readonly menus: EditorMenus
  readonly texts: EditorTexts
}) {
  const { editor, menus, texts } = props
  const { table, slash } = useMenus(menus)
  if (table === null || slash !== null) return null
  return (
    <Floating place={table.place}>
      <Toolbar label={texts.tableTools} onLeave={() => editor.commands.focus()}>
        {tools.map(({ name, Icon, run }) => (
          <ToolButton key={name} name={texts[name]} onPress={() => run(editor.chain().focus()).run()}>
            <Icon size={18} stroke={1.75} />
          </ToolButton>
        ))}
      </Toolbar>
    </Floating>
  )
}
