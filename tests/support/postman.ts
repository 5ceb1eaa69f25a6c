import { Collection, type RequestDefinition, type Response } from 'postman-collection'
import { Runner } from 'postman-runtime'

/** What was answered to a request that Postman's own runtime sent. */
export interface PostmanAnswer {
  readonly response: Response
  // biome-ignore lint/suspicious/noExplicitAny: answers of every kind of server
  readonly json: any
}

/** Has Postman's runtime, which also runs in the application, in Newman and in monitors, send a request. */
export const sendByPostman = (request: RequestDefinition): Promise<PostmanAnswer> =>
  new Promise((resolve, reject) => {
    new Runner().run(new Collection({ item: [{ name: 'request', request }] }), { timeout: { request: 10_000 } }, (fault, run) => {
      if (fault !== null) return reject(fault)
      run.start({
        response: (error, _cursor, response) => {
          if (error !== null) return reject(error)
          const text = response.text() ?? ''
          resolve({ response, json: /^[{[]/.test(text) ? JSON.parse(text) : undefined })
        },
        done: (error) => {
          if (error !== null) reject(error)
        },
      })
    })
  })
