import { migrations } from './sql/tables.ts'

/** A table as the schema declares it. */
export interface TableShape {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: 'TEXT' | 'BIGINT' }[]
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[]
}

const form = /^CREATE TABLE IF NOT EXISTS (\w+) \(([\s\S]*)\)(?: \/\* clustered \*\/)?$/
const keyForm = /,\s*PRIMARY KEY \(([^)]*)\)\s*$/

const shapeOf = (ddl: string): TableShape[] => {
  const [, name, body = ''] = form.exec(ddl.trim()) ?? []
  if (name === undefined) return []
  const columns = body
    .replace(keyForm, '')
    .split(',')
    .map((column) => {
      const [, columnName = '', type = ''] = /^(\w+) (TEXT|BIGINT)( NOT NULL)?$/.exec(column.trim()) ?? []
      if (type !== 'TEXT' && type !== 'BIGINT') throw new Error(`the schema has a column of an unknown form: ${column}`)
      return { name: columnName, type } as const
    })
  return [{ name, columns, key: keyForm.exec(body)?.[1]?.split(', ') ?? [] }]
}

/** Every table of the schema, in the order in which the steps made them. */
export const tableShapes: readonly TableShape[] = migrations.flatMap(shapeOf)
