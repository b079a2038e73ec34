import type { OrganisationFiles } from './organisation-files.ts'

/** What the editor needs of files. */
export type PageFiles = Pick<OrganisationFiles, 'keep' | 'url'>
