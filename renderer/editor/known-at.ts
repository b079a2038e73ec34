import { knownContent, schemaOfAttribute, schemaOfMark, schemaOfNode } from '../../model/page-content.ts'
import type { KnownContent } from '../../model/page-content.ts'

/** What the app of a schema version knew: everything of today that is not younger. For tests, and to see what an older app sees. */
export function knownAt(version: number): KnownContent {
  const filter = (
    known: ReadonlyMap<string, ReadonlySet<string>>,
    versions: Readonly<Record<string, number>>,
  ): ReadonlyMap<string, ReadonlySet<string>> =>
    new Map(
      [...known]
        .filter(([name]) => (versions[name] ?? 1) <= version)
        .map(([name, attributes]) => [
          name,
          new Set([...attributes].filter((attribute) => (schemaOfAttribute[`${name}.${attribute}`] ?? 1) <= version)),
        ]),
    )
  return { nodes: filter(knownContent.nodes, schemaOfNode), marks: filter(knownContent.marks, schemaOfMark) }
}
