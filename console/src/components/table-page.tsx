import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import { type ReactNode, useState } from 'react'
import { listCount } from '../api/list-count.ts'
import type { LoadPage } from '../api/paged.ts'
import { sorted, sortingOf } from '../api/sorted.ts'
import { useListState } from '../hooks/use-list-state.ts'
import { usePages } from '../hooks/use-pages.ts'
import { usePreferences } from '../hooks/use-preferences.ts'
import { useWholeList } from '../hooks/use-whole-list.ts'
import { usePageHead } from '../shell/help.tsx'
import { InfoLink, type PageHead } from './page.tsx'
import { TablePreferences } from './table-preferences.tsx'

/** A column; `sort` makes it sortable within the shown page. */
export interface Column<R> {
  readonly id: string
  readonly header: string
  readonly cell: (row: R) => ReactNode
  readonly sort?: (row: R) => string | number
  /** Shown only to those who choose it. */
  readonly isHidden?: boolean
  /** Whether what is long always goes on below. */
  readonly wraps?: boolean
  /** In pixels; what is longer ends in dots, unless lines are wrapped. */
  readonly maxWidth?: number
}

// Fits every id with its button.
const usualMaxWidth = 440

/** A list with its head, as a whole page or, with `embedded`, a container of one. */
export interface TablePageProps<R> extends PageHead {
  /** Under which the table's preferences are kept. */
  readonly name: string
  readonly load: LoadPage<R>
  /** Names everything that `load` depends on. */
  readonly loadKey: string
  readonly rowId: (row: R) => string
  readonly columns: readonly Column<R>[]
  /** What the text filter looks at, among the rows of the shown page; left out where `filter` asks the API. */
  readonly findIn?: (row: R) => string
  /** A filter that the API obeys, which is part of `loadKey`. */
  readonly filter?: ReactNode
  /** Whether that filter asks for something: the empty list then says so. */
  readonly isFiltered?: boolean
  readonly onClearFilter?: () => void
  /** Buttons for the selected row; tables without have no selection. */
  readonly rowActions?: (selected: R | undefined, reload: () => void) => ReactNode
  /** The one thing that is made here, e.g. a `Create user` button. */
  readonly createAction?: ReactNode
  /** What an empty list says; `createAction` stands below. */
  readonly empty: { readonly title: string; readonly text: string }
  readonly embedded?: boolean
  readonly largestPage?: number
  /** Whether the server says how long a page is, so that nobody can choose. */
  readonly hasFixedPages?: boolean
  /** About how many rows there are on all pages, where the API says so. */
  readonly total?: number | undefined
}

const Empty = ({ title, text, action }: { readonly title: string; readonly text: string; readonly action: ReactNode }) => (
  <Box textAlign="center" color="inherit" padding={{ vertical: 's' }}>
    <SpaceBetween size="xs">
      <b>{title}</b>
      <Box variant="p" color="inherit">
        {text}
      </Box>
      {action}
    </SpaceBetween>
  </Box>
)

const NamesPage = ({ title, help }: PageHead) => {
  usePageHead(title, help)
  return null
}

/** A list: paging as the API pages, a filter, preferences that are kept, and an empty state with the one next action. */
export const TablePage = <R,>(props: TablePageProps<R>) => {
  const {
    name,
    load,
    loadKey,
    rowId,
    columns,
    findIn,
    filter,
    rowActions,
    createAction,
    empty,
    total,
    embedded = false,
    largestPage = 60,
    hasFixedPages = false,
  } = props
  const [preferences, setPreferences] = usePreferences(name)
  const pages = usePages(
    load,
    Math.min(preferences.pageSize, largestPage),
    loadKey,
    useListState('page', !embedded),
    embedded ? undefined : name,
  )
  const [sortText, setSortText] = useListState('sort', !embedded)
  const sorting = sortingOf(sortText, columns)
  const [text, setText] = useState('')
  const [selectedId, setSelectedId] = useState<string>()
  const whole = useWholeList(load, loadKey)
  const rows = whole.rows ?? pages.rows
  const matching = findIn === undefined ? rows : rows.filter((row) => findIn(row).toLowerCase().includes(text.toLowerCase()))
  const selected = rows.find((row) => rowId(row) === selectedId)
  const isPart = pages.count > 1 && whole.rows === undefined
  const isFiltered = text !== '' || props.isFiltered === true
  const find = (next: string) => {
    setText(next)
    if (next === '') whole.forget()
  }
  const reload = () => {
    whole.forget()
    pages.reload()
  }
  const clear = () => {
    find('')
    props.onClearFilter?.()
  }
  const shown = preferences.columns ?? columns.map(({ id, isHidden = false }) => ({ id, visible: !isHidden }))
  return (
    <>
      {!embedded && <NamesPage title={props.title} help={props.help} />}
      <Table<R>
        variant={embedded ? 'container' : 'full-page'}
        stickyHeader={!embedded}
        items={sorted(matching, sorting, columns)}
        trackBy={rowId}
        loading={pages.loading}
        loadingText="Loading"
        {...(rowActions !== undefined && {
          selectionType: 'single' as const,
          selectedItems: selected === undefined ? [] : [selected],
          onSelectionChange: ({ detail }: { detail: TableProps.SelectionChangeDetail<R> }) =>
            setSelectedId(detail.selectedItems[0] && rowId(detail.selectedItems[0])),
          ariaLabels: {
            selectionGroupLabel: props.title,
            itemSelectionLabel: (_: unknown, row: R) => rowId(row),
            tableLabel: props.title,
          },
        })}
        {...(rowActions === undefined && { ariaLabels: { tableLabel: props.title } })}
        columnDefinitions={columns.map(({ id, header, cell, sort, wraps = false, maxWidth = usualMaxWidth }, at) => ({
          id,
          header,
          cell: wraps ? (row: R) => <div className="wrapping">{cell(row)}</div> : cell,
          isRowHeader: at === 0,
          maxWidth,
          ...(sort !== undefined && { sortingField: id }),
        }))}
        columnDisplay={shown}
        {...(sorting !== undefined && { sortingColumn: { sortingField: sorting.id }, sortingDescending: sorting.isDescending })}
        onSortingChange={({ detail }) => setSortText(`${detail.isDescending ? '-' : ''}${detail.sortingColumn.sortingField ?? ''}`)}
        wrapLines={preferences.wrapLines}
        stripedRows={preferences.stripedRows}
        contentDensity={preferences.density}
        header={
          <Header
            variant={embedded ? 'h2' : 'awsui-h1-sticky'}
            counter={
              pages.loading && pages.rows.length === 0
                ? ''
                : listCount({ rows: matching.length, isPart, total: isFiltered ? undefined : total })
            }
            description={props.description}
            info={embedded ? undefined : <InfoLink />}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={`Refresh ${props.title}`} onClick={reload} />
                {rowActions?.(selected, reload)}
                {createAction}
              </SpaceBetween>
            }
          >
            {props.title}
          </Header>
        }
        filter={
          <SpaceBetween size="xs">
            {filter ??
              (findIn && (
                <TextFilter
                  filteringText={text}
                  onChange={({ detail }) => find(detail.filteringText)}
                  filteringPlaceholder={whole.rows === undefined ? 'Find on this page' : 'Find on all pages'}
                  filteringAriaLabel={`Find in ${props.title}`}
                  countText={text === '' ? '' : `${matching.length} found`}
                />
              ))}
            {whole.rows !== undefined && (
              <Box variant="small">
                {whole.isCut
                  ? `Found among the first ${whole.rows.length.toLocaleString('en')} rows; there are more.`
                  : 'Found on all pages.'}
              </Box>
            )}
            {whole.error && (
              <Alert type="error" header={whole.error.code} action={<Button onClick={whole.read}>Try again</Button>}>
                {whole.error.message}
              </Alert>
            )}
            {sorting !== undefined && isPart && (
              <Box variant="small">Sorted within this page. The pages themselves follow each other in the order of the API.</Box>
            )}
            {pages.error && (
              <Alert type="error" header={pages.error.code} action={<Button onClick={pages.reload}>Try again</Button>}>
                {pages.error.message}
              </Alert>
            )}
          </SpaceBetween>
        }
        pagination={
          <Pagination
            currentPageIndex={whole.rows === undefined ? pages.page : 1}
            pagesCount={whole.rows === undefined ? pages.count : 1}
            disabled={pages.loading}
            onChange={({ detail }) => pages.goTo(detail.currentPageIndex)}
          />
        }
        preferences={
          <TablePreferences
            columns={columns}
            shown={shown}
            largestPage={largestPage}
            hasFixedPages={hasFixedPages}
            preferences={preferences}
            onChange={setPreferences}
          />
        }
        empty={
          isPart && findIn !== undefined && text !== '' ? (
            <Empty
              title="Nothing on this page"
              text="There are more pages."
              action={
                <Button loading={whole.pending} onClick={whole.read}>
                  Search all pages
                </Button>
              }
            />
          ) : isFiltered ? (
            <Empty title="Nothing found" text="Nothing here fits the search." action={<Button onClick={clear}>Clear the search</Button>} />
          ) : pages.error !== undefined ? (
            <Empty
              title="The list could not be loaded"
              text="The reason stands above."
              action={<Button onClick={pages.reload}>Try again</Button>}
            />
          ) : (
            <Empty title={empty.title} text={empty.text} action={createAction} />
          )
        }
      />
    </>
  )
}
