/** @param {readonly string[]} head @param {readonly (readonly unknown[])[]} rows */
export function markdownTable(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |\n`
  return [head, head.map(() => '---'), ...rows].map(line).join('')
}
