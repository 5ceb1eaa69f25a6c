import { migrations } from './sql/tables.ts'

/** A step of the schema: its number, and what it makes. */
export interface SchemaStep {
  readonly number: number
  readonly makes: string
}

const stepOf = (ddl: string, index: number): SchemaStep => {
  const [, kind = '', name = ''] = /^CREATE (TABLE|INDEX|UNIQUE INDEX) IF NOT EXISTS (\w+)/.exec(ddl) ?? []
  return { number: index + 1, makes: `${kind.toLowerCase()} ${name}` }
}

/** The number of this version's schema: how many steps it has. */
export const newestSchema = migrations.length

/** The steps that data of that schema lacks. */
export const pendingSteps = (schema: number): readonly SchemaStep[] => migrations.map(stepOf).slice(schema)
