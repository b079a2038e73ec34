import { useTranslation } from 'react-i18next'

/** More names than this are no help to somebody who looks for one. */
const mostNames = 3

/** Names as one says them: "Joris, Kees or Ilse"; '' for nobody. */
export function usePeopleWords(people: readonly { readonly name: string }[]): string {
  const { i18n } = useTranslation()
  const names = people.slice(0, mostNames).map(({ name }) => name)
  return new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(names)
}
