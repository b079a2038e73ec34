/** Why a version was kept: the page was quiet or written for an hour, somebody asked, or much was about to change. */
export const versionReasons = ['periodic', 'by-hand', 'before-deletion', 'before-restore'] as const
export type VersionReason = (typeof versionReasons)[number]

export function isVersionReason(value: unknown): value is VersionReason {
  return versionReasons.some((each) => each === value)
}

export const maxVersionNameLength = 120
