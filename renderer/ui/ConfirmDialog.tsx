import { Button } from '@mantine/core'
import { Dialog } from './Dialog.tsx'
import { DialogButtons } from './DialogButtons.tsx'

interface ConfirmDialogProps {
  readonly title: string
  readonly text: string
  /** A verb: what happens. */
  readonly action: string
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before something that others notice. */
export function ConfirmDialog({ title, text, action, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Dialog onClose={onClose} title={title}>
      <p>{text}</p>
      <DialogButtons onCancel={onClose}>
        <Button
          variant="filled"
          onClick={() => {
            onConfirm()
            onClose()
          }}
        >
          {action}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
