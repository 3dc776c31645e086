import type { ComponentChildren, VNode } from 'preact'
import type { ReportedScenario } from '../../report-data.ts'
import { Fold } from './fold.tsx'
import type { Figure, View } from './selection.ts'
import { type Column, SortableTable } from './sortable-table.tsx'
import { Swatch } from './swatch.tsx'

/** What a figure of a scenario is made from. */
export interface FigureProps {
  readonly view: View
  readonly scenario: ReportedScenario
  readonly figures: readonly Figure[]
}

interface Props<T> {
  readonly title: string
  /** How to read it. */
  readonly how: ComponentChildren
  readonly caption: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly children: ComponentChildren
}

/** A title, how to read what follows, the charts, and their data as a table. */
export function FigureFrame<T>({ title, how, caption, columns, rows, children }: Props<T>): VNode {
  return (
    <figure>
      <figcaption>
        <h3>{title}</h3>
        <p class="how">{how}</p>
      </figcaption>
      {children}
      <Fold summary="Data of this chart">
        {() => <SortableTable caption={caption} columns={columns} rows={rows} />}
      </Fold>
    </figure>
  )
}

/** The first columns of every chart's data. */
export function nameColumns({ identities }: View): Column<{ contestant: string; placement: string }>[] {
  return [
    {
      title: 'Contestant',
      show: ({ contestant }) => (
        <span class="named">
          <Swatch identity={identities.get(contestant)} />
          {contestant}
        </span>
      ),
      key: ({ contestant }) => contestant,
    },
    { title: 'Placement', show: ({ placement }) => placement, key: ({ placement }) => placement },
  ]
}

/** A column of numbers. */
export function numberColumn<T>(title: string, value: (row: T) => number, show: (value: number) => string): Column<T> {
  return { title, isNumber: true, key: value, show: (row) => show(value(row)) }
}
