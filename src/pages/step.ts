import type { Challenge } from '../flows/attempt.ts'
import type { Form } from './components/form.ts'
import type { Html } from './html.ts'
import { openField, sealField } from './sealed-field.ts'
import { ownForm } from './show.ts'
import type { Visit } from './visit.ts'

/** A sign-in that waits on a page for an answer; the form carries it, sealed. */
export interface Step {
  /** The name as it was typed. */
  readonly username: string
  readonly challenge: Challenge
}

const field = 'step'

/** The hidden field that carries the step. */
export const stepField = (visit: Visit, step: Step): Promise<Record<string, string>> => sealField(visit, field, step)

/** The form in which a step is answered. */
export const stepForm = async (visit: Visit, step: Step, more: Pick<Form, 'body' | 'id'>): Promise<Html> =>
  ownForm(visit, { page: 'login', hidden: await stepField(visit, step), ...more })

/** The step that the form brings; undefined for none, and for one of another browser or client. */
export const openStep = async (visit: Visit): Promise<Step | undefined> => (await openField(visit, field)) as Step | undefined

/** Whether the form brought a step, which `openStep` may not have been able to open. */
export const bringsStep = ({ request }: Visit): boolean => request.form.has(field)
