/** The id of the section of a scenario. Names are the report's, so they are kept out of what ids mean elsewhere. */
export function scenarioAnchor(index: number): string {
  return `scenario-${index + 1}`
}
