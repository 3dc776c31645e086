import Table from 'cli-table3'

/** A table for the terminal; without colours where they are not wanted or would not be seen. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const plain = !process.stdout.isTTY || Boolean(process.env.NO_COLOR)
  const table = new Table({ head: [...head], style: { compact: true, ...(plain ? { head: [], border: [] } : {}) } })
  table.push(...rows.map((row) => [...row]))
  return table.toString()
}
