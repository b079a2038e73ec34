export function pageId(index: number): string
export function searchPage(index: number): { readonly id: string; readonly title: string; readonly text: string }
export function questions(count: number, seed: number): string[]
