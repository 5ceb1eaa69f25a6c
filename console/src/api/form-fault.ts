/** What is wrong with one field of a form. */
export interface FieldFault {
  readonly field: string
  readonly says: string
}

/** What is wrong with a form: a sentence, with the name of its field where it is about one. */
export type FormFault = string | FieldFault
