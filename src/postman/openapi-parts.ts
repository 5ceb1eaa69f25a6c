const json = (schema: string, example?: unknown) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, ...(example !== undefined && { example }) },
})

/** An answer in JSON, of a schema among the components. */
export const answer = (description: string, schema: string, example?: unknown) => ({ description, content: json(schema, example) })

/** An error of OAuth. */
export const refusal = answer('Refused.', 'Error')

/** A body in JSON. */
export const jsonBody = (schema: string, example: unknown) => ({ required: true, content: json(schema, example) })

/** A body that is a form, of one schema or of one of several. */
export const formBody = (schemas: readonly string[], example?: unknown) => {
  const refs = schemas.map((name) => ({ $ref: `#/components/schemas/${name}` }))
  const schema = refs.length === 1 ? refs[0] : { oneOf: refs }
  return { required: true, content: { 'application/x-www-form-urlencoded': { schema, ...(example !== undefined && { example }) } } }
}
