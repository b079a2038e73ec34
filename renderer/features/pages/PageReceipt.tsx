import { Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import { useConnection } from '../../documents/use-connection.ts'
import { useReceipt } from '../../documents/use-page.ts'
import { Pips } from '../../ui/Pips.tsx'
import classes from './PageReceipt.module.css'
import { receiptWords } from './receipt-words.ts'
import { ReceiptDetails } from './ReceiptDetails.tsx'

/** The receipt of a page: squares, always with words; a click tells times and what waits. */
export function PageReceipt({ pageId }: { pageId: PageId }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const receipt = useReceipt(pageId)
  const connection = useConnection()
  const { filled, of, tone, words, count } = receiptWords(receipt, connection)
  const text = t(`receipt.${words}`, { count })
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={336} trapFocus returnFocus offset={6}>
      <Popover.Target>
        <button
          type="button"
          className={classes['receipt']}
          data-tone={tone}
          data-open={isOpen}
          aria-label={t('receipt.label', { words: text })}
          onClick={() => setOpen((was) => !was)}
        >
          <Pips filled={filled} of={of} />
          <span className={classes['words']}>{text}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes['details'] ?? ''} aria-label={t('receipt.label', { words: text })}>
        <ReceiptDetails receipt={receipt} connection={connection} />
      </Popover.Dropdown>
    </Popover>
  )
}
