import { idLength, isId, type ActId, type DocumentId } from './ids.ts'

declare const brand: unique symbol
/**
 * Names one act in the whole organisation: the acts document that it was written in, and its id there, as
 * `<documentId>/<actId>`. Because a document has one writer, nobody can make an act that another's reference means; and the
 * server knows whose act a reference names without reading it.
 */
export type ActRef = string & { readonly [brand]: 'act-ref' }

export function refOf(document: DocumentId, id: ActId): ActRef {
  return `${document}/${id}` as ActRef
}

/** Parses a reference from outside; undefined where it has not the form. */
export function parseActRef(value: unknown): ActRef | undefined {
  if (typeof value !== 'string' || value.length !== 2 * idLength + 1 || value[idLength] !== '/') return undefined
  return isId(value.slice(0, idLength)) && isId(value.slice(idLength + 1)) ? (value as ActRef) : undefined
}

/** The act's own id. */
export function actIdOf(ref: ActRef): ActId {
  return ref.slice(idLength + 1) as ActId
}

/** The acts document that the act was written in; it stays the same when the act has come along to a ledger. */
export function documentOfRef(ref: ActRef): DocumentId {
  return ref.slice(0, idLength) as DocumentId
}
