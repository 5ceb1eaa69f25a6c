import Container from '@cloudscape-design/components/container'
import type { ComponentType } from 'react'
import type { FormFault } from '../api/form-fault.ts'
import type { Edit } from '../api/rebased.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { type Draft, useDraft } from '../hooks/use-draft.ts'
import { usePool } from '../shell/pool.tsx'
import type { Now, Setting } from './setting.ts'

/** What a form of settings is made from. */
export interface SettingFormParts<V extends object> {
  /** What is edited, as the title says it, e.g. `password policy`. */
  readonly what: string
  readonly read: (now: Now) => V
  readonly fault?: (values: V, now: Now) => FormFault | undefined
  readonly Fields: ComponentType<{ readonly draft: Draft<V>; readonly now: Now }>
  /** Saves what was changed and leaves the rest as it is by then. Throws ApiError. */
  readonly save: (poolId: string, edit: Edit<V>) => Promise<unknown>
}

interface SettingFormProps<V extends object> extends Now {
  readonly parts: SettingFormParts<V>
  readonly back: string
}

const SettingForm = <V extends object>({ parts, back, ...now }: SettingFormProps<V>) => {
  const { what, read, fault, Fields, save } = parts
  const draft = useDraft(what, read(now))
  const pool = usePool()
  return (
    <DraftForm
      draft={draft}
      title={`Edit ${what}`}
      submit="Save changes"
      saved={`Saved: ${what}.`}
      fault={fault?.(draft.values, now)}
      back={back}
      onSubmit={() => save(now.pool.Id ?? '', draft)}
      onSaved={() => pool?.reload()}
    >
      <Container>
        <Fields draft={draft} now={now} />
      </Container>
    </DraftForm>
  )
}

/** The form of a group of settings: begins with what is set, saves, says so and goes back. */
export const settingForm =
  <V extends object>(parts: SettingFormParts<V>): Setting['Form'] =>
  (props) => <SettingForm parts={parts} {...props} />
