/** What a zip that we write may hold: the writer makes no long records. */
export const zipWriterLimits = { entries: 65_000, totalBytes: 4 * 1024 ** 3 - 64 * 1024 ** 2 } as const
