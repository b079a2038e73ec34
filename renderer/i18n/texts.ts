import type { nl } from './nl.ts'

/** A language with the shape of another: every text is there, none is more. */
export type Same<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Same<T[Key]> }

/** The shape of all interface texts: what Dutch has, every language has. */
export type Texts = Same<typeof nl>
