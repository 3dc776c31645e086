import type { VNode } from 'preact'
import type { Measured, ReportedScenario, Result } from '../../report-data.ts'
import { comparable, formatNumber, formatQuantity, unitSymbol } from '../quantity.ts'
import type { Identity } from './identity.ts'
import type { Column } from './sortable-table.tsx'
import { Swatch } from './swatch.tsx'

/** A result with the scenario it belongs to. */
export interface ResultRow {
  readonly result: Result
  readonly scenario: ReportedScenario
}

type Statistic = 'p50' | 'p90' | 'p99' | 'max'

/** The columns that say everything about results, but what is the same for all; `common` is given where all are of one scenario. */
export function resultColumns(
  identities: ReadonlyMap<string, Identity>,
  common: ReportedScenario | undefined,
  rows: readonly ResultRow[],
): Column<ResultRow>[] {
  const name: Column<ResultRow> = {
    title: 'Contestant',
    show: ({ result: { contestant } }) => (
      <span class="named">
        <Swatch identity={identities.get(contestant)} />
        {contestant}
      </span>
    ),
    key: ({ result }) => result.contestant,
  }
  const title: Column<ResultRow> = {
    title: 'Scenario',
    isText: true,
    show: ({ scenario }) => scenario.title,
    key: ({ scenario }) => scenario.title,
  }
  const placement: Column<ResultRow> = {
    title: 'Placement',
    show: ({ result }) => result.placement,
    key: ({ result }) => result.placement,
  }
  const parameter: Column<ResultRow> = {
    title: common?.parameter?.name ?? 'Parameter',
    isNumber: true,
    show: ({ result, scenario }) =>
      result.parameter === undefined ? '' : formatQuantity(result.parameter, scenario.parameter?.unit ?? ''),
    key: ({ result }) => result.parameter,
  }
  const outcome: Column<ResultRow> = {
    title: 'Without a figure',
    show: (row) => row.result.outcome.kind !== 'measured' && <Missing row={row} />,
    key: ({ result }) => (result.outcome.kind === 'measured' ? undefined : result.outcome.kind),
  }
  const hasScenarios = new Set(rows.map(({ scenario }) => scenario.name)).size > 1
  const hasPlacements = new Set(rows.map(({ result }) => result.placement)).size > 1
  const hasParameter = rows.some(({ result }) => result.parameter !== undefined)
  const hasMissing = rows.some(({ result }) => result.outcome.kind !== 'measured')
  return [
    name,
    ...(hasScenarios ? [title] : []),
    ...(hasPlacements ? [placement] : []),
    ...(hasParameter ? [parameter] : []),
    ...figures(common),
    ...(hasMissing ? [outcome] : []),
  ]
}

function figures(common: ReportedScenario | undefined): Column<ResultRow>[] {
  const measured = ({ result: { outcome } }: ResultRow): Measured | undefined =>
    outcome.kind === 'measured' ? outcome : undefined
  const statistics = (['p50', 'p90', 'p99', 'max'] as const).map((statistic: Statistic): Column<ResultRow> => {
    const value = (row: ResultRow): number | undefined => measured(row)?.[statistic]
    return {
      title: common === undefined ? statistic : `${statistic}, ${unitSymbol(common.unit)}`,
      isNumber: true,
      show: (row) => {
        const found = value(row)
        if (found === undefined) return ''
        return common === undefined ? `${formatNumber(found)} ${unitSymbol(row.scenario.unit)}` : formatNumber(found)
      },
      key: (row) => {
        const found = value(row)
        return found === undefined ? undefined : comparable(found, row.scenario.unit)
      },
    }
  })
  const count = (title: string, of: (measured: Measured) => number | undefined): Column<ResultRow> => {
    const key = (row: ResultRow): number | undefined => {
      const found = measured(row)
      return found && of(found)
    }
    return { title, isNumber: true, key, show: (row) => formatOptional(key(row)) }
  }
  return [
    count('Rank', ({ rank }) => rank),
    ...statistics,
    {
      title: 'Ratio',
      isNumber: true,
      show: (row) => {
        const found = measured(row)
        if (found === undefined) return ''
        if (row.result.contestant === row.scenario.baseline) return 'baseline'
        return found.ratio === undefined ? '' : formatNumber(found.ratio.value)
      },
      key: (row) => measured(row)?.ratio?.value,
    },
    {
      title: '95 % interval',
      isNumber: true,
      show: (row) => {
        const ratio = measured(row)?.ratio
        return ratio === undefined ? '' : `${formatNumber(ratio.low)} to ${formatNumber(ratio.high)}`
      },
      key: (row) => measured(row)?.ratio?.low,
    },
    count('Processes', ({ processes }) => processes),
    count('Samples', ({ samples }) => samples),
  ]
}

function formatOptional(value: number | undefined): string {
  return value === undefined ? '' : formatNumber(value)
}

/** Why there is no figure, in the words of who failed. */
function whyNot({ result: { outcome } }: ResultRow): string | undefined {
  if (outcome.kind === 'measured') return undefined
  return outcome.kind === 'failed' ? outcome.error : outcome.why
}

function Kind({ kind }: { kind: Result['outcome']['kind'] }): VNode {
  return <span class={kind === 'failed' ? 'failed' : ''}>{kind === 'measured' ? kind : <strong>{kind}</strong>}</span>
}

/** The same in one line, for a list. */
export function Missing({ row }: { row: ResultRow }): VNode {
  return (
    <span class="missing">
      <Kind kind={row.result.outcome.kind} />: {whyNot(row)}
    </span>
  )
}
