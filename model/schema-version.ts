/**
 * The schema of what documents may hold. Raised when a node, mark or layout is added that an older app does not know;
 * a write declares the lowest schema that can show the whole page, never simply the app's own.
 */
export const currentSchema = 2
export const lowestSchema = 1

/** The highest number that a frame or a query may name; more is refused as malformed, not taken for a very new app. */
export const highestSchema = 65_535

export function isSchema(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= lowestSchema && value <= highestSchema
}
