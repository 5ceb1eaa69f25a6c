import { migrations } from './sql/tables.ts'

/**
 * Why data of that schema can't be used by this version, as a sentence; undefined for this version's own schema and older ones, and where the
 * newer version marked the data as usable from a schema that this one knows: for a server, which leaves alone what it does not know.
 */
export const newerFault = (shown: string, schema: number, usableFrom: number = schema): string | undefined =>
  Math.min(schema, usableFrom) <= migrations.length
    ? undefined
    : `${shown} was written by a newer version of Poolhouse (schema ${schema}, this version knows ${migrations.length}): install that version or restore a backup; nothing was changed.`

/** Why data of that schema has to be brought up to date before it can be used, as a sentence; undefined for this version's own schema. */
export const olderFault = (shown: string, schema: number): string | undefined =>
  schema >= migrations.length
    ? undefined
    : `${shown} has schema ${schema} and this version needs ${migrations.length}: bring it up to date with \`poolhouse migrate up\`; nothing was changed.`
