import { StorageFacts } from '../../ui/StorageFacts.tsx'

/** What is stored where, for who wants to know before beginning. */
export function StoragePage() {
  return <StorageFacts organisation={null} />
}
