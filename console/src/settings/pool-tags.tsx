import AttributeEditor from '@cloudscape-design/components/attribute-editor'
import Input from '@cloudscape-design/components/input'
import { rebased } from '../api/rebased.ts'
import { TextList } from '../components/text-list.tsx'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { type TagRow, tagRows, tagRowsFault, tagsOf } from './tag-values.ts'
import { updatePool } from './update-pool.ts'

const changed = (rows: readonly TagRow[], at: number, change: Partial<TagRow>): readonly TagRow[] =>
  rows.map((row, place) => (place === at ? { ...row, ...change } : row))

/** Labels that policies and searches can use. */
export const poolTags: Setting = {
  id: 'tags',
  title: 'Tags',
  description: 'Labels of the user pool, which policies of operators can name.',
  items: ({ pool }) => [
    {
      label: 'Tags',
      value: <TextList texts={tagRows(pool.UserPoolTags).map(({ key, value }) => (value === '' ? key : `${key} = ${value}`))} />,
    },
  ],
  Form: settingForm({
    what: 'tags',
    read: ({ pool }) => ({ rows: tagRows(pool.UserPoolTags) }),
    fault: ({ rows }) => tagRowsFault(rows),
    save: (poolId, { start, values }) =>
      updatePool(poolId, ({ UserPoolTags = {} }) => ({
        UserPoolTags: rebased({ start: tagsOf(start.rows), values: tagsOf(values.rows) }, UserPoolTags),
      })),
    Fields: ({ draft: { values, set } }) => (
      <AttributeEditor
        items={values.rows}
        addButtonText="Add tag"
        removeButtonText="Remove"
        removeButtonAriaLabel={({ key }) => `Remove the tag ${key}`}
        empty="The user pool has no tags."
        disableAddButton={values.rows.length >= 50}
        onAddButtonClick={() => set({ rows: [...values.rows, { key: '', value: '' }] })}
        onRemoveButtonClick={({ detail }) => set({ rows: values.rows.filter((_, at) => at !== detail.itemIndex) })}
        definition={[
          {
            label: 'Key',
            control: ({ key }, at) => (
              <Input value={key} onChange={({ detail }) => set({ rows: changed(values.rows, at, { key: detail.value }) })} />
            ),
          },
          {
            label: 'Value - optional',
            control: ({ value }, at) => (
              <Input value={value} onChange={({ detail }) => set({ rows: changed(values.rows, at, { value: detail.value }) })} />
            ),
          },
        ]}
      />
    ),
  }),
}
