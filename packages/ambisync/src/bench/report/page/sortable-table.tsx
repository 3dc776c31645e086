import type { ComponentChildren, VNode } from 'preact'
import { useState } from 'preact/hooks'
import { ScrollBox } from './scroll-box.tsx'

/** A column of a table whose rows are `T`. */
export interface Column<T> {
  readonly title: string
  readonly isNumber?: boolean
  /** Of several words, which may stand in several lines. */
  readonly isText?: boolean
  readonly show: (row: T) => ComponentChildren
  /** What it is sorted by. Rows without it come last, in either direction. */
  readonly key: (row: T) => string | number | undefined
}

interface Props<T> {
  readonly caption: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  /** Too many rows for the page: the table scrolls by itself. */
  readonly isTall?: boolean
}

/** Sorted by a button in each heading: a click or a key sorts, once more turns it round. */
export function SortableTable<T>({ caption, columns, rows, isTall = false }: Props<T>): VNode {
  const [order, setOrder] = useState<{ title: string; isDescending: boolean }>()
  const column = columns.find(({ title }) => title === order?.title)
  const sorted = column === undefined ? rows : [...rows].sort(comparing(column.key, order?.isDescending ?? false))
  const sortBy = (title: string): void =>
    setOrder({ title, isDescending: order?.title === title && !order.isDescending })
  return (
    <ScrollBox label={caption} isTall={isTall}>
      <table>
        <caption class="quiet">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, isNumber }) => {
              const direction = order?.title === title ? (order.isDescending ? 'descending' : 'ascending') : undefined
              return (
                <th key={title} scope="col" class={isNumber ? 'number' : ''} aria-sort={direction ?? 'none'}>
                  <button type="button" onClick={() => sortBy(title)}>
                    {title}
                    <span class="arrow" aria-hidden="true">
                      {direction === 'ascending' ? '▲' : direction === 'descending' ? '▼' : '↕'}
                    </span>
                  </button>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row, index) => (
            <tr key={index}>
              {columns.map(({ title, isNumber, isText, show }, at) =>
                at === 0 ? (
                  <th key={title} scope="row">
                    {show(row)}
                  </th>
                ) : (
                  <td key={title} class={isNumber ? 'number' : isText ? 'text' : ''}>
                    {show(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

const collator = new Intl.Collator('en', { numeric: true })

function comparing<T>(key: Column<T>['key'], isDescending: boolean): (one: T, other: T) => number {
  const sign = isDescending ? -1 : 1
  return (one, other) => {
    const [a, b] = [key(one), key(other)]
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
    return sign * collator.compare(String(a), String(b))
  }
}
