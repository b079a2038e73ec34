import { Button, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Copies a text, and says that it did where the hand already is. */
export function CopyButton({ text, label, size = 'md' }: { text: string; label: string; size?: 'sm' | 'md' }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState<string | null>(null)
  const isCopied = copied === text
  const Icon = isCopied ? IconCheck : IconCopy
  return (
    <>
      <Button
        size={size}
        leftSection={<Icon size={16} stroke={1.75} aria-hidden="true" />}
        onClick={() => {
          void copy(text).then(() => setCopied(text))
        }}
      >
        {isCopied ? t('common.copied') : label}
      </Button>
      {/* Beside the button: what a button holds is its name, and a status in there leaves it without one. */}
      <VisuallyHidden role="status">{isCopied ? t('common.copied') : ''}</VisuallyHidden>
    </>
  )
}

/** Pages on plain HTTP have no clipboard; the older way still copies there. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    copyBySelection(text)
  }
}

function copyBySelection(text: string): void {
  const field = document.createElement('textarea')
  field.value = text
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
